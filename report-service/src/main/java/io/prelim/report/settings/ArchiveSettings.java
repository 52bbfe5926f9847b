package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An archive that results go to, {@code prelim.report.archive.NAME.*}: by C-STORE with {@link #host}, {@link #port} and {@link #calledAe}, or
 * by STOW-RS with {@link #url}.
 */
public interface ArchiveSettings extends DeliverySettings, TlsClientSettings {
    /** What can be sent. */
    enum Kind {
        /** The report, as a structured report. */
        SR,
        /** Masks behind its findings. */
        SEG
    }

    /** Of the archive's DICOM listener. */
    Optional<String> host();

    /** Of the archive's DICOM listener. */
    OptionalInt port();

    /** As the archive calls itself. */
    Optional<@Pattern(regexp = "[ -\\[\\]-~]{1,16}") String> calledAe();

    /** As this service calls itself. */
    @WithDefault("PRELIM")
    @Pattern(regexp = "[ -\\[\\]-~]{1,16}")
    String callingAe();

    /** Whether DICOM goes over TLS. */
    @WithDefault("false")
    boolean tls();

    /** Of its STOW-RS service, ending in {@code /studies}; HTTPS, or HTTP on this machine. */
    Optional<URI> url();

    /** A file with the bearer token for it, read for each request. */
    Optional<Path> tokenFile();

    /** What is sent of a settled version. */
    @WithDefault("sr,seg")
    Set<Kind> send();
}
