package io.prelim.ingest.patients;

import io.prelim.events.IdentityKeys;
import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The configured secret's keys. */
@ApplicationScoped
public class Keys {
    private final Optional<IdentityKeys> keys;

    Keys(IngestConfig config) {
        this.keys = config.identity().secret().map(IdentityKeys::new);
    }

    /** Empty while no secret is set. */
    public Optional<IdentityKeys> identity() {
        return keys;
    }
}
