package io.prelim.ingest.publish;

import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.LongSupplier;

/**
 * How many rows may be told again now. Those who are told must read what they know already before they get on: under a backlog,
 * telling again as often as time allows would make it grow without end. So each effect that is seen allows one row to be told again,
 * and a small rate does where none is seen; what is told for the first time needs no leave. Thread-safe.
 */
@ApplicationScoped
class ResendBudget {
    /** Allowed at once after a time in which nothing was told again. */
    private static final double MOST = 64;

    private final double perSecond;
    private final LongSupplier nanoTime;
    private double allowed = MOST;
    private long filledAt;

    @Inject
    ResendBudget(IngestConfig config) {
        this(config.relay().resendsPerSecond(), System::nanoTime);
    }

    ResendBudget(double perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** @return rows that may be told again, at most {@code wanted}; they count as told */
    synchronized int take(int wanted) {
        long now = nanoTime.getAsLong();
        add((now - filledAt) * perSecond / 1e9);
        filledAt = now;
        int taken = (int) Math.min(wanted, allowed);
        allowed -= taken;
        return taken;
    }

    /** So many of those taken were not told after all. */
    synchronized void giveBack(int rows) {
        add(rows);
    }

    /** So many rows have had their effect. */
    synchronized void effects(int rows) {
        add(rows);
    }

    private void add(double rows) {
        allowed = Math.min(MOST, allowed + rows);
    }
}
