package io.prelim.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Studies sent together, and when their outcomes came. Thread-safe; times by {@link System#nanoTime}. */
public final class Batch {
    private final List<Double> millis = new ArrayList<>();
    private int expected;
    private long last;

    public synchronized void expected() {
        expected++;
    }

    public synchronized void answered(long since, long now) {
        millis.add((now - since) / 1e6);
        last = now;
        notifyAll();
    }

    /**
     * Waits for every outcome expected up to now.
     *
     * @return when the last came
     * @throws TimeoutException if they do not come in time: the run is void
     */
    public synchronized long await(Duration most) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + most.toNanos();
        while (millis.size() < expected) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(
                        millis.size() + " of " + expected + " outcomes came within " + most.toSeconds() + " s");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return last;
    }

    /** From when each was to be sent until its outcome was read. */
    public synchronized double[] millis() {
        return millis.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
