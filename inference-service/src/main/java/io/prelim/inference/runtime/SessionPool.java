package io.prelim.inference.runtime;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Sessions for more threads than they are, so that one thread prepares while the others' inputs run. Any thread may call it. */
public final class SessionPool implements AutoCloseable {
    private final List<ModelSession> sessions;
    private final BlockingQueue<ModelSession> free;

    /** @param sessions of one model, at least one; closed with this */
    public SessionPool(List<ModelSession> sessions) {
        this.sessions = List.copyOf(sessions);
        free = new ArrayBlockingQueue<>(sessions.size(), true, sessions);
    }

    /** Waits, first come first served, for a session that is free. See {@link ModelSession#run(float[], long[])}. */
    public ModelRun run(float[] input, long[] inputShape) throws ModelFailure, InterruptedException {
        ModelSession session = free.take();
        try {
            return session.run(input, inputShape);
        } finally {
            free.add(session);
        }
    }

    /** Ends the processes, also in the middle of a run; whoever waits for one is told when its turn comes. */
    @Override
    public void close() {
        sessions.forEach(ModelSession::close);
    }
}
