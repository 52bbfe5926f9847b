package io.prelim.ingest.keeping;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.RetentionConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.Optional;

/**
 * How long images are kept, checked: a mistake here would drop what should be kept, so that the service does not start with one.
 *
 * @param keep more than nothing; empty: age is no reason
 * @param lowFree bytes; 0: space is no reason
 * @param enoughFree bytes, {@code lowFree} or more
 * @param keepAtLeast not negative
 */
record RetentionPolicy(Optional<Duration> keep, long lowFree, long enoughFree, Duration keepAtLeast) {
    RetentionPolicy {
        require(keep.filter(age -> age.isNegative() || age.isZero()).isEmpty(), "keep must be more than nothing");
        require(!keepAtLeast.isNegative(), "keep-at-least must not be negative");
        require(enoughFree >= lowFree, "enough-free must not be below low-free");
    }

    static RetentionPolicy of(IngestConfig config) {
        RetentionConfig retention = config.retention();
        long low = retention.lowFree().map(MemorySize::asLongValue).orElse(0L);
        require(
                retention.lowFree().isEmpty() || low > config.store().minFree().asLongValue(),
                "low-free must be above prelim.store.min-free: below that nothing is taken in any longer");
        long enough = retention.enoughFree().map(MemorySize::asLongValue).orElse(low + low / 4);
        return new RetentionPolicy(retention.keep(), low, enough, retention.keepAtLeast());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException("prelim.retention: " + message);
        }
    }
}
