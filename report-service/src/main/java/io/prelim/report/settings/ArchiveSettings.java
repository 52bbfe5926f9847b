package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * An archive that results go to, {@code prelim.report.archive.NAME.*}: by C-STORE with {@link #host}, {@link #port} and {@link #calledAe}, or
 * by STOW-RS with {@link #url}.
 */
public interface ArchiveSettings {
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

    /** PEM: our certificate, where the archive wants one. */
    Optional<Path> certificate();

    /** PEM: its key. */
    Optional<Path> key();

    /** PEM: whom we trust; over HTTPS whom the platform trusts, where there is none. */
    Optional<Path> trust();

    /** Whether the archive's certificate must name the host; over HTTPS it always must. */
    @WithDefault("true")
    boolean checkHostName();

    /** Of its STOW-RS service, ending in {@code /studies}; HTTPS, or HTTP on this machine. */
    Optional<URI> url();

    /** A file with the bearer token for it, read for each request. */
    Optional<Path> tokenFile();

    /** What is sent of a settled version. */
    @WithDefault("sr,seg")
    Set<Kind> send();

    @WithDefault("PT10S")
    @DurationMin(millis = 1)
    Duration connectTimeout();

    /** For an answer, and for a blocked write. */
    @WithDefault("PT60S")
    @DurationMin(millis = 1)
    Duration answerTimeout();

    /** After a transient failure; doubled with each more, less up to a half by chance. */
    @WithDefault("PT5S")
    @DurationMin(millis = 1)
    Duration shortestPause();

    @WithDefault("PT10M")
    @DurationMin(millis = 1)
    Duration longestPause();

    /** Instances sent on one association. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int batch();
}
