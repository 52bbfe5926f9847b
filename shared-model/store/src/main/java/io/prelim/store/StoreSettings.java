package io.prelim.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link SegmentLog} lies on disk.
 *
 * @param directory holds the segments; made if absent; belongs to one log
 * @param segmentBytes size at which a new segment begins, 64 KiB to 1 TiB; a longer part gets a segment of its own
 * @param preallocate write a segment full of zeros before its first use: its blocks then exist, and a sync need not change
 *     metadata
 * @param minFreeBytes free bytes on the volume below which appends are refused, 0 or more
 * @param queueCapacity appends that may wait, 1 or more
 * @param queueTimeout how long an append waits for its place in the queue
 */
public record StoreSettings(
        Path directory,
        long segmentBytes,
        boolean preallocate,
        long minFreeBytes,
        int queueCapacity,
        Duration queueTimeout) {
    public StoreSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(queueTimeout, "queueTimeout");
        require(segmentBytes >= 64 << 10 && segmentBytes <= 1L << 40, "segmentBytes must be 64 KiB to 1 TiB");
        require(minFreeBytes >= 0, "minFreeBytes must not be negative");
        require(queueCapacity >= 1, "queueCapacity must be at least 1");
        require(!queueTimeout.isNegative(), "queueTimeout must not be negative");
    }

    /** 128 MiB preallocated, 512 MiB kept free, 256 appends waiting at most 5 s. */
    public static StoreSettings of(Path directory) {
        return new StoreSettings(directory, 128L << 20, true, 512L << 20, 256, Duration.ofSeconds(5));
    }

    public StoreSettings withSegmentBytes(long value) {
        return new StoreSettings(directory, value, preallocate, minFreeBytes, queueCapacity, queueTimeout);
    }

    public StoreSettings withPreallocate(boolean value) {
        return new StoreSettings(directory, segmentBytes, value, minFreeBytes, queueCapacity, queueTimeout);
    }

    public StoreSettings withMinFreeBytes(long value) {
        return new StoreSettings(directory, segmentBytes, preallocate, value, queueCapacity, queueTimeout);
    }

    public StoreSettings withQueue(int capacity, Duration timeout) {
        return new StoreSettings(directory, segmentBytes, preallocate, minFreeBytes, capacity, timeout);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
