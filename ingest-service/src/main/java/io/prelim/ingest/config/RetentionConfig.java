package io.prelim.ingest.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/**
 * How long images are kept. By default for ever: what was answered as stored is dropped when the site says so alone. A study that is
 * still in work, or that storage was committed to lately, is never dropped.
 */
public interface RetentionConfig {
    /** Since a study's last revision was complete; then its images are dropped. None: age is no reason. */
    Optional<Duration> keep();

    /** Free bytes on the volume below which the oldest studies are dropped; above {@code prelim.store.min-free}. None: never. */
    Optional<MemorySize> lowFree();

    /** Free bytes at which that ends, as long as there is something to drop; not below {@link #lowFree()}. None: a quarter more than that. */
    Optional<MemorySize> enoughFree();

    /** Since a study's last revision was complete; younger ones are not dropped for space, however little there is. */
    @WithDefault("1H")
    Duration keepAtLeast();

    /** Between looks for studies and segments to be dropped. */
    @WithDefault("1M")
    Duration checkEvery();

    /** Share of a segment's bytes below which those still needed are copied forward, so that it can be dropped; 0: only what needs no copy. */
    @WithDefault("0.5")
    @DecimalMin("0.0")
    @DecimalMax("1.0")
    double copyBelow();

    /** Segments from which parts are copied forward at one look. */
    @WithDefault("8")
    @Min(1)
    @Max(1000)
    int segmentsAtOnce();

    /** Between looks for bytes of erased studies. */
    @WithDefault("5S")
    Duration eraseEvery();
}
