package io.prelim.ingest.receive;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of memory for objects that are coming in, over all associations. */
final class SpoolBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    SpoolBudget(long limit) {
        this.limit = limit;
    }

    /** Whether there were so many left; if so they are taken. */
    boolean take(long bytes) {
        long before = used.getAndUpdate(now -> now + bytes <= limit ? now + bytes : now);
        return before + bytes <= limit;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
