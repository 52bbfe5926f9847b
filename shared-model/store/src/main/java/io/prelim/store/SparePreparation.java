package io.prelim.store;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Writes the next segment's zeros beside the writer, so that a new segment does not make a sender wait. */
final class SparePreparation {
    /** What is to be done. */
    interface Work {
        void run() throws IOException;
    }

    private final FutureTask<Void> task;

    private SparePreparation(FutureTask<Void> task) {
        this.task = task;
    }

    static SparePreparation start(Work work) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        Thread thread = new Thread(task, "store-spare");
        thread.setDaemon(true);
        thread.start();
        return new SparePreparation(task);
    }

    /** @throws IOException what went wrong with it */
    void await() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException failed
                            ? failed
                            : new IOException("a spare segment could not be prepared", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
