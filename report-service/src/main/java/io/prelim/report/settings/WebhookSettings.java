package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Who is told of changes over HTTP, {@code prelim.report.webhook.NAME.*}. */
public interface WebhookSettings extends DeliverySettings, TlsClientSettings {
    /** What is told. */
    enum Event {
        /** A version of a draft that still grows. */
        DRAFTED,
        /** A version of a draft that awaits nothing. */
        SETTLED,
        REVIEWED,
        SIGNED,
        ADDENDED,
        CORRECTED,
        RETRACTED
    }

    /** HTTPS to a host of {@code prelim.report.egress.hosts}; HTTP only to this machine. */
    Optional<String> url();

    /**
     * A file with the secret that signatures are made with, {@code whsec_} and 24 to 64 bytes in base64; read for each connection. With two lines
     * there are two signatures, so that a receiver may change from one to the other.
     */
    Optional<Path> secretFile();

    @WithDefault("settled,reviewed,signed,addended,corrected,retracted")
    Set<Event> events();
}
