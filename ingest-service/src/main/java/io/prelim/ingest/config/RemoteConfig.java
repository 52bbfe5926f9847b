package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A DICOM peer, such as {@code prelim.dicom.remotes.archive.ae-title}. */
public interface RemoteConfig {
    /** As it calls itself, and is called. */
    @Pattern(regexp = "[ -\\[\\]-~]{1,16}")
    String aeTitle();

    /** It may associate from: {@code address} or {@code network/bits}. None: it may not, unless {@link IngestConfig.Dicom#peers()} says so. */
    Optional<List<String>> networks();

    /**
     * SHA-256 fingerprints, in hexadecimal with or without colons, of the certificates it may show; then it may associate over
     * TLS only. None: its certificate, where one is asked for, need only be trusted.
     */
    Optional<List<String>> certificates();

    /** Whether it may use {@link IngestConfig.Dicom#reservedAssociations()}. */
    @WithDefault("true")
    boolean reserved();

    /** Its associations at the same time; one more gets RJ(2,3,2). None: {@link IngestConfig.Dicom#maxAssociationsPerPeer()}. */
    Optional<@Min(1) @Max(10000) Integer> maxAssociations();

    /** Of patient ids in its objects that come without (0010,0021). None: {@link IdentityConfig#patientIssuer()}. */
    Optional<String> patientIssuer();

    /** Of accession numbers in its objects. None: {@link IdentityConfig#accessionIssuer()}. */
    Optional<String> accessionIssuer();

    /** Whether a study is complete when it releases the last of its associations that carried images of it. */
    @WithDefault("false")
    boolean completeOnRelease();

    /** Which of {@link IngestConfig.Dicom#remotes()} is asked how many instances it has of a study of this one's. None: nobody. */
    Optional<String> archive();

    /** Name or address it listens at, for associations of ours: results of storage commitment go there. */
    Optional<String> host();

    /** Belongs to {@link #host()}. */
    OptionalInt port();

    /** Whether associations of ours are over TLS. */
    @WithDefault("false")
    boolean tls();
}
