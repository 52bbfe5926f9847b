package io.prelim.ingest.config;

import io.prelim.dicom.net.transport.ServerTls;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Optional;

/**
 * DICOM over TLS (PS3.15 section B.12), by PEM files: a listener of its own beside the plain one, when it has a certificate, and
 * associations of ours to remotes that want it.
 */
public interface TlsConfig {
    /** To listen on; none: that of the plain listener. One that is not loopback needs peers, or certificates of clients. */
    Optional<String> address();

    /** 0 for one the system picks; 2762 is the registered one. */
    @WithDefault("2762")
    @Min(0)
    @Max(65535)
    int port();

    /** Our certificate, then those up to its issuer. */
    Optional<Path> certificate();

    /** Its private key, PKCS#8, not encrypted. */
    Optional<Path> key();

    /** Certificates of issuers, or of peers themselves, that are trusted. */
    Optional<Path> trust();

    /** NONE, WANTED or REQUIRED; a client without a trusted one is refused when it is required. */
    @WithDefault("REQUIRED")
    ServerTls.ClientCertificates clientCertificates();

    /** Of associations of ours: whether the peer's certificate must name its host. */
    @WithDefault("true")
    boolean checkHostName();
}
