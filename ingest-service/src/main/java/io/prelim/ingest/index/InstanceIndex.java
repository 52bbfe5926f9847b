package io.prelim.ingest.index;

import io.prelim.ingest.config.IngestConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes synced instances into the index. A study's instances are one writer's, so that no writer waits for a row that another
 * holds, and the database syncs what several commit at a time once.
 */
@ApplicationScoped
public class InstanceIndex {
    private final AddInstances adding;
    private final Arrivals arrivals;
    private final IndexStatements statements;
    private final IngestConfig config;
    private final List<IndexWriter> writers = new ArrayList<>();
    private boolean closed;

    InstanceIndex(AddInstances adding, Arrivals arrivals, IndexStatements statements, IngestConfig config) {
        this.adding = adding;
        this.arrivals = arrivals;
        this.statements = statements;
        this.config = config;
    }

    /**
     * Puts an instance into the index. No more wait than the doors let in at a time.
     *
     * @return the outcome once it is committed, or what the database said
     */
    public CompletableFuture<IndexOutcome> add(NewInstance instance) {
        IndexWriter writer = writerOf(instance);
        return writer == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the index is closed"))
                : writer.add(instance);
    }

    /** Null once closed. */
    private synchronized IndexWriter writerOf(NewInstance instance) {
        if (closed) {
            return null;
        }
        for (int number = writers.size() + 1; number <= config.receive().indexWriters(); number++) {
            writers.add(IndexWriter.start(
                    number,
                    adding,
                    arrivals,
                    statements,
                    config.issuer(),
                    config.receive().indexGroup()));
        }
        return writers.get(Math.floorMod(instance.study().studyKey().hashCode(), writers.size()));
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        writers.forEach(IndexWriter::close);
        try {
            for (IndexWriter writer : writers) {
                writer.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
