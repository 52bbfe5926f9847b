package io.prelim.report.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait after failures in turn: twice as long each time, less up to a half by chance, so that senders do not come together. */
record Pauses(Duration shortest, Duration longest, DoubleSupplier chance) {
    private static final int MOST_DOUBLINGS = 30;

    /** @param failures 1 or more */
    Duration after(int failures) {
        long full = shortest.toMillis() << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
        long bounded = full <= 0 ? longest.toMillis() : Math.min(full, longest.toMillis());
        return Duration.ofMillis((long) (bounded * (1 - chance.getAsDouble() / 2)));
    }
}
