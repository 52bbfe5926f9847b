package io.prelim.inference.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Keys below {@code prelim.parts}. */
@ConfigMapping(prefix = "prelim.parts")
public interface PartsConfig {
    /** Ingest's address. */
    @WithDefault("http://127.0.0.1:8081")
    URI url();

    /** The bearer token ingest knows this service by. */
    Optional<String> token();
}
