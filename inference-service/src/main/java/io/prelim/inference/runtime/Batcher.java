package io.prelim.inference.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * One session for all threads of a deployment: what they hand in about the same time is run at once. When a run of several breaks, or
 * gives what is no number, nobody knows by whose fault: each is then run once more, alone. Any thread may call it.
 */
public final class Batcher implements AutoCloseable {
    private final ModelSession session;
    private final long waitNanos;
    private final IntConsumer sizes;
    private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param session closed with this
     * @param wait    how long the first of a run waits for others, whatever its lane
     * @param sizes   is told of how many inputs each run was
     */
    public Batcher(ModelSession session, Duration wait, IntConsumer sizes) {
        this.session = session;
        this.waitNanos = wait.toNanos();
        this.sizes = sizes;
        thread = new Thread(this::work, "batch");
        thread.setDaemon(true);
        thread.start();
    }

    /** See {@link ModelSession#run(float[], long[])}. */
    public ModelRun run(float[] input, long[] inputShape) throws ModelFailure, InterruptedException {
        session.check(input, inputShape);
        Item item = new Item(input);
        waiting.add(item);
        if (closed) {
            item.answer.cancel(false);
            throw new InterruptedException("closed");
        }
        try {
            return item.answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ModelFailure failure) {
                throw failure;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("closed");
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            // nobody waits for it any more
            item.answer.cancel(false);
        }
    }

    /** Ends the process, also in the middle of a run; whoever waits is interrupted. */
    @Override
    public void close() {
        closed = true;
        session.close();
        thread.interrupt();
    }

    private void work() {
        try {
            while (!closed) {
                List<Item> batch = next();
                try {
                    run(batch);
                } catch (RuntimeException | Error e) {
                    batch.forEach(each -> each.answer.completeExceptionally(e));
                }
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        waiting.forEach(each -> each.answer.completeExceptionally(new InterruptedException("closed")));
    }

    private List<Item> next() throws InterruptedException {
        List<Item> batch = new ArrayList<>();
        batch.add(waiting.take());
        long end = System.nanoTime() + waitNanos;
        while (batch.size() < session.batch()) {
            Item another = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (another == null) {
                break;
            }
            batch.add(another);
        }
        batch.removeIf(each -> each.answer.isDone());
        return batch;
    }

    private void run(List<Item> batch) throws InterruptedException {
        if (batch.size() < 2) {
            for (Item item : batch) {
                sizes.accept(1);
                alone(item, 0);
            }
            return;
        }
        sizes.accept(batch.size());
        try {
            session.admit();
            long start = System.nanoTime();
            List<Map<String, float[]>> outputs =
                    session.once(batch.stream().map(Item::input).toList());
            if (outputs.stream().allMatch(Batcher::finite)) {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).answer.complete(session.answer(outputs.get(i), 1, took));
                }
                return;
            }
        } catch (InterruptedException e) {
            batch.forEach(each -> each.answer.completeExceptionally(e));
            throw e;
        } catch (ModelFailure e) {
            if (e.kind() == ModelFailure.Kind.QUARANTINED) {
                batch.forEach(each -> each.answer.completeExceptionally(e));
                return;
            }
        } catch (HostEnded e) {
            // counted by the session; now one by one
        }
        for (Item item : batch) {
            alone(item, 1);
        }
    }

    private void alone(Item item, int before) throws InterruptedException {
        try {
            if (before == 0) {
                session.admit();
            }
            item.answer.complete(session.run(item.input, before));
        } catch (ModelFailure e) {
            item.answer.completeExceptionally(e);
        } catch (InterruptedException e) {
            item.answer.completeExceptionally(e);
            throw e;
        }
    }

    private static boolean finite(Map<String, float[]> outputs) {
        for (float[] values : outputs.values()) {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private record Item(float[] input, CompletableFuture<ModelRun> answer) {
        private Item(float[] input) {
            this(input, new CompletableFuture<>());
        }
    }
}
