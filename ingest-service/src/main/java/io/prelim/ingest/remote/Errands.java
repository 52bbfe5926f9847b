package io.prelim.ingest.remote;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What is done with remote AEs on a few threads of its own, found due by looks at the database: a look never waits for a peer. A
 * failure is told once until a look succeeds, not at each look.
 */
public final class Errands {
    /** For errands under way when the service stops; what is not done is tried again. */
    private static final long STOP_SECONDS = 5;

    private final int atOnce;
    private final Consumer<RuntimeException> failure;
    private final ExecutorService threads;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean failing;

    /**
     * @param name of the threads
     * @param atOnce errands at a time, at least 1
     * @param failure is told what a look or an errand failed with
     */
    public Errands(String name, int atOnce, Consumer<RuntimeException> failure) {
        this.atOnce = atOnce;
        this.failure = failure;
        this.threads = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many more may start. */
    public int free() {
        return atOnce - running.get();
    }

    /** Looks for what is due, on this thread. */
    public void look(Runnable look) {
        if (attempt(look)) {
            failing = false;
        }
    }

    /** Does something beside the errands, on this thread; whether it went well. */
    public boolean attempt(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                failure.accept(e);
            }
            return false;
        }
    }

    /** Starts an errand; beyond those that are {@link #free} it waits for a thread. */
    public void start(Runnable errand) {
        running.incrementAndGet();
        threads.execute(() -> {
            try {
                attempt(errand);
            } finally {
                running.decrementAndGet();
            }
        });
    }

    /** Starts no more, and waits a while for those under way. */
    public void stop() throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
