package io.prelim.store.copy;

import java.time.Duration;

/**
 * How a second copy is made.
 *
 * @param objectBytes longest object, 4 KiB to 256 MiB; groups that wait are put together up to it, longer ones are split
 * @param concurrency objects put side by side, 1 to 64; each takes {@code objectBytes} of memory
 * @param deadline after which a group that is not copied is refused
 * @param retryEvery between two tries while the store is away, and between looks for what is behind
 */
public record CopySettings(int objectBytes, int concurrency, Duration deadline, Duration retryEvery) {
    public CopySettings {
        require(objectBytes >= 4 << 10 && objectBytes <= 256 << 20, "objectBytes must be 4 KiB to 256 MiB");
        require(concurrency >= 1 && concurrency <= 64, "concurrency must be 1 to 64");
        require(deadline.toMillis() > 0, "deadline must be positive");
        require(retryEvery.toMillis() > 0, "retryEvery must be positive");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
