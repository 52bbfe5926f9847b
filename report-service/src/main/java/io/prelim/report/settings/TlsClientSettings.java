package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** TLS to a destination; the files are PEM, and read for each connection. */
public interface TlsClientSettings {
    /** Our certificate, where the destination wants one. */
    Optional<Path> certificate();

    /** Its key. */
    Optional<Path> key();

    /** Whom we trust; over HTTPS whom the platform trusts, where there is none. */
    Optional<Path> trust();

    /** Whether the destination's certificate must name the host; over HTTPS it always must. */
    @WithDefault("true")
    boolean checkHostName();
}
