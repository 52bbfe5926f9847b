package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** Whose numbers patients, accessions and orders have, unless a sender's own settings say otherwise; equal numbers of different issuers are of nobody in common. */
public interface IdentityConfig {
    /** Of the keys of orders and patients, see {@code io.prelim.events.IdentityKeys}; the same for everybody who publishes them. None: orders and patients are not taken. */
    Optional<@Size(min = 16) String> secret();

    /** Of patient ids that come without one. */
    @WithDefault("default")
    @NotBlank
    String patientIssuer();

    @WithDefault("default")
    @NotBlank
    String accessionIssuer();

    @WithDefault("default")
    @NotBlank
    String orderIssuer();
}
