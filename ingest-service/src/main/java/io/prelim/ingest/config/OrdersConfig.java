package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** What orders mean here. */
public interface OrdersConfig {
    /**
     * Codes of OBR-4 to those that models and templates know: {@code prelim.orders.procedures."CXR"=SCT^399208008^Plain chest X-ray}.
     * A code of one scheme alone is {@code "SCHEME|CODE"}, and comes first. What is not here is unmapped.
     */
    Map<String, String> procedures();

    /** Of orders, patients and signed reports that no study here has to do with, since they last changed; then they are forgotten. */
    @WithDefault("90D")
    Duration keep();
}
