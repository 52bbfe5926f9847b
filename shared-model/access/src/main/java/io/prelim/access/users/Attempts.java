package io.prelim.access.users;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often a name came with a wrong password lately; too often, and it is not tried any more for a while. */
final class Attempts {
    static final int MOST = 10;
    static final Duration WITHIN = Duration.ofMinutes(1);
    private static final int NAMES = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Failures> names = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > NAMES;
        }
    };

    /** @param nanos a monotonic clock, {@link System#nanoTime()} but in tests */
    Attempts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Failures(long since, int count) {}

    synchronized boolean allowed(String name) {
        Failures failures = names.get(name);
        return failures == null || failures.count < MOST || over(failures);
    }

    synchronized void failed(String name) {
        names.merge(
                name,
                new Failures(nanos.getAsLong(), 1),
                (before, first) -> over(before) ? first : new Failures(before.since, before.count + 1));
    }

    private boolean over(Failures failures) {
        return nanos.getAsLong() - failures.since > WITHIN.toNanos();
    }
}
