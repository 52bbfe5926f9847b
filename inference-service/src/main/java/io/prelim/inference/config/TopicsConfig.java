package io.prelim.inference.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Keys below {@code prelim.topics}. */
@ConfigMapping(prefix = "prelim.topics")
public interface TopicsConfig {
    /** Before every topic name and consumer group. */
    @WithDefault("prelim.")
    String prefix();

    /** Partitions of the topics this service creates where they are missing; their replication is the broker's default. */
    @WithDefault("3")
    @Min(1)
    @Max(1000)
    int partitions();
}
