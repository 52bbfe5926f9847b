package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

/** A receiver of HL7 v2 results, {@code prelim.report.mllp.NAME.*}. */
public interface MllpSettings extends DeliverySettings, TlsClientSettings {
    Optional<String> host();

    OptionalInt port();

    /** Whether it is spoken to over TLS. */
    @WithDefault("false")
    boolean tls();

    /** MSH-5 of what is sent. */
    Optional<String> receivingApplication();

    /** MSH-6 of what is sent. */
    Optional<String> receivingFacility();

    /** MSH-4 of what is sent. */
    Optional<String> sendingFacility();

    /** How often in turn it may say no to a message, for a reason that may pass, until that is taken for an answer. */
    @WithDefault("6")
    int mostRefusals();

    /** Whether a version that was never sent is left out once a newer one of its report waits. */
    @WithDefault("false")
    boolean newestOnly();
}
