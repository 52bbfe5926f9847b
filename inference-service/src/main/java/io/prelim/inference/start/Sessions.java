package io.prelim.inference.start;

import io.prelim.inference.analyze.Model;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.runtime.Batcher;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.Quarantine;
import io.prelim.inference.runtime.host.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a deployment's threads run its model by: a session each where runs of one thread are fastest side by side, one session for all
 * where runs are batched or share a GPU.
 */
final class Sessions implements AutoCloseable {
    private final List<Model> models;
    private final List<AutoCloseable> open;
    private final String provider;

    private Sessions(List<Model> models, List<AutoCloseable> open, String provider) {
        this.models = List.copyOf(models);
        this.open = List.copyOf(open);
        this.provider = provider;
    }

    /**
     * @param wait    how long the first of a batch waits for others
     * @param batches is told of the size of each run, where one session is shared
     */
    static Sessions open(
            ModelPackage modelPackage,
            Quarantine quarantine,
            Execution execution,
            int threads,
            Duration wait,
            IntConsumer batches)
            throws ModelFailure {
        List<ModelSession> sessions = new ArrayList<>();
        try {
            sessions.add(ModelSession.open(modelPackage, quarantine, execution));
            ModelSession first = sessions.get(0);
            if (first.batch() > 1 || execution.provider() != Provider.CPU) {
                Batcher batcher = new Batcher(first, wait, batches);
                int atOnce = Math.max(threads, first.batch());
                return new Sessions(Collections.nCopies(atOnce, batcher::run), List.of(batcher), first.provider());
            }
            while (sessions.size() < threads) {
                sessions.add(ModelSession.open(modelPackage, quarantine, execution));
            }
            return new Sessions(
                    sessions.stream().<Model>map(each -> each::run).toList(), List.copyOf(sessions), first.provider());
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
        return open.size();
    }

    /** ONNX Runtime's execution provider that they run on. */
    String provider() {
        return provider;
    }

    /** Ends runs that are not over, too. */
    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
