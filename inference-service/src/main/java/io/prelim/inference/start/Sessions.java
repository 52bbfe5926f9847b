package io.prelim.inference.start;

import io.prelim.inference.analyze.Model;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.runtime.Batcher;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.Quarantine;
import io.prelim.inference.runtime.SessionPool;
import io.prelim.inference.runtime.host.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a deployment's threads run its model by: sessions side by side where runs of one thread are fastest so, and a thread more than
 * sessions, which prepares the next study meanwhile; one session for all where runs are batched or share a GPU.
 */
final class Sessions implements AutoCloseable {
    private static final int AHEAD = 1;

    private final List<Model> models;
    private final AutoCloseable open;
    private final int processes;
    private final String provider;

    private Sessions(Model model, int threads, AutoCloseable open, int processes, String provider) {
        this.models = Collections.nCopies(threads, model);
        this.open = open;
        this.processes = processes;
        this.provider = provider;
    }

    /**
     * @param count   sessions where each is of one thread, else threads
     * @param wait    how long the first of a batch waits for others
     * @param batches is told of the size of each run, where one session is shared
     */
    static Sessions open(
            ModelPackage modelPackage,
            Quarantine quarantine,
            Execution execution,
            int count,
            Duration wait,
            IntConsumer batches)
            throws ModelFailure {
        List<ModelSession> sessions = new ArrayList<>();
        try {
            sessions.add(ModelSession.open(modelPackage, quarantine, execution));
            ModelSession first = sessions.get(0);
            if (first.batch() > 1 || execution.provider() != Provider.CPU) {
                Batcher batcher = new Batcher(first, wait, batches);
                int atOnce = Math.max(count, first.batch());
                return new Sessions(batcher::run, atOnce, batcher, 1, first.provider());
            }
            while (sessions.size() < count) {
                sessions.add(ModelSession.open(modelPackage, quarantine, execution));
            }
            SessionPool pool = new SessionPool(sessions);
            return new Sessions(pool::run, count + AHEAD, pool, count, first.provider());
        } catch (ModelFailure e) {
            sessions.forEach(ModelSession::close);
            throw e;
        }
    }

    /** One for each thread. */
    List<Model> models() {
        return models;
    }

    /** How many processes there are. */
    int processes() {
        return processes;
    }

    /** ONNX Runtime's execution provider that they run on. */
    String provider() {
        return provider;
    }

    /** Ends runs that are not over, too. */
    @Override
    public void close() {
        try {
            open.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
