package io.prelim.inference.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Keys below {@code prelim.evidence}. */
@ConfigMapping(prefix = "prelim.evidence")
public interface EvidenceConfig {
    /** Report's address; without it no evidence is made. */
    Optional<URI> url();

    /** The bearer token report knows this service by. */
    Optional<String> token();

    /** How long an outcome waits for its evidence to be stored, at most until its deadline. */
    @WithDefault("PT30S")
    @DurationMin
    @DurationMax(hours = 1)
    Duration patience();
}
