package io.prelim.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link SegmentLog} lies on disk.
 *
 * @param directory holds the segments; made if absent; belongs to one log
 * @param segmentBytes size at which a new segment begins, 64 KiB to 1 TiB; a longer part gets a segment of its own
 * @param spareSegments segments to be kept ready, full of zeros, 0 to 64; they are made while nobody appends, and only where the
 *     volume has room
 * @param minFreeBytes free bytes on the volume below which appends are refused, 0 or more
 * @param queueCapacity appends that may wait, 1 or more
 * @param queueTimeout how long an append waits for its place in the queue
 */
public record StoreSettings(
        Path directory,
        long segmentBytes,
        int spareSegments,
        long minFreeBytes,
        int queueCapacity,
        Duration queueTimeout) {
    public StoreSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(queueTimeout, "queueTimeout");
        require(segmentBytes >= 64 << 10 && segmentBytes <= 1L << 40, "segmentBytes must be 64 KiB to 1 TiB");
        require(spareSegments >= 0 && spareSegments <= 64, "spareSegments must be 0 to 64");
        require(minFreeBytes >= 0, "minFreeBytes must not be negative");
        require(queueCapacity >= 1, "queueCapacity must be at least 1");
        require(!queueTimeout.isNegative(), "queueTimeout must not be negative");
    }

    /** 128 MiB, none spare, 512 MiB kept free, 256 appends waiting at most 5 s. */
    public static StoreSettings of(Path directory) {
        return new StoreSettings(directory, 128L << 20, 0, 512L << 20, 256, Duration.ofSeconds(5));
    }

    public StoreSettings withSegmentBytes(long value) {
        return new StoreSettings(directory, value, spareSegments, minFreeBytes, queueCapacity, queueTimeout);
    }

    public StoreSettings withSpareSegments(int value) {
        return new StoreSettings(directory, segmentBytes, value, minFreeBytes, queueCapacity, queueTimeout);
    }

    public StoreSettings withMinFreeBytes(long value) {
        return new StoreSettings(directory, segmentBytes, spareSegments, value, queueCapacity, queueTimeout);
    }

    public StoreSettings withQueue(int capacity, Duration timeout) {
        return new StoreSettings(directory, segmentBytes, spareSegments, minFreeBytes, capacity, timeout);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
