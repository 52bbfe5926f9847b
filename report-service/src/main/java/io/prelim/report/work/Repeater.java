package io.prelim.report.work;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs a task again and again on a daemon thread of its own: at least once a period, and at once when woken. A wake during a run
 * causes one more run. After a failure it waits, twice as long each time up to a limit, and tells the listener once a failure and
 * once (with null) when it is over.
 */
public final class Repeater implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Runnable task;
    private final Duration period;
    private final Consumer<RuntimeException> listener;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wake;
    private boolean closed;

    private Repeater(String name, Duration period, Runnable task, Consumer<RuntimeException> listener) {
        this.task = task;
        this.period = period;
        this.listener = listener;
        this.thread = new Thread(this::run, "prelim-" + name);
        this.thread.setDaemon(true);
    }

    /** Starts at once with a first run. */
    public static Repeater start(String name, Duration period, Runnable task, Consumer<RuntimeException> listener) {
        Repeater repeater = new Repeater(name, period, task, listener);
        repeater.thread.start();
        return repeater;
    }

    /** Never blocks for longer than it takes to set a flag. */
    public void wake() {
        lock.lock();
        try {
            wake = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the run under way, waiting for it 5 s. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = Duration.ofMillis(100);
        boolean failing = false;
        while (true) {
            try {
                task.run();
                if (failing) {
                    listener.accept(null);
                    failing = false;
                    pause = Duration.ofMillis(100);
                }
                if (!rest(period, true)) {
                    return;
                }
            } catch (RuntimeException e) {
                if (!failing) {
                    listener.accept(e);
                    failing = true;
                }
                if (!rest(pause, false)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Whether to go on. */
    private boolean rest(Duration time, boolean untilWoken) {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (!closed && nanos > 0 && !(untilWoken && wake)) {
                nanos = woken.awaitNanos(nanos);
            }
            wake = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
