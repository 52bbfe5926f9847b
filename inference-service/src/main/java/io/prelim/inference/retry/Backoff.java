package io.prelim.inference.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Doubling waits with jitter, so that what failed together does not come back together.
 *
 * @param first before the second attempt
 * @param most  the longest wait
 */
public record Backoff(Duration first, Duration most) {
    private static final int MAX_DOUBLINGS = 20;

    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** @param failures 1 or more; the wait lies between half of the doubled time and all of it */
    public Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
        long whole = Math.min(doubled, most.toMillis());
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }
}
