package io.prelim.report.publish;

import io.prelim.events.CloudEvent;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.store.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Sends what waits in the outbox, in its order. A re-send has the same event id. */
final class Relay {
    private final OutboxRows outbox;
    private final Told told;
    private final EventSender sender;
    private final int batch;
    private final Duration claim;

    /** Sends so many at a time; a claim is above the producer's delivery timeout. */
    Relay(OutboxRows outbox, Told told, EventSender sender, int batch, Duration claim) {
        this.outbox = outbox;
        this.told = told;
        this.sender = sender;
        this.batch = batch;
        this.claim = claim;
    }

    /**
     * Sends until nothing is left.
     *
     * @throws RuntimeException if anything was not acknowledged; it stays in the outbox
     */
    void drain() {
        List<Outbox.Row> rows;
        do {
            rows = outbox.claim(batch, claim);
            send(rows);
        } while (rows.size() == batch);
    }

    private void send(List<Outbox.Row> rows) {
        List<CompletionStage<Void>> sent = new ArrayList<>(rows.size());
        rows.forEach(row -> sent.add(sender.send(event(row))));
        List<Long> done = new ArrayList<>();
        List<Long> failed = new ArrayList<>();
        RuntimeException fault = null;
        for (int i = 0; i < rows.size(); i++) {
            try {
                sent.get(i)
                        .toCompletableFuture()
                        .orTimeout(claim.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
                done.add(rows.get(i).position());
            } catch (CompletionException e) {
                failed.add(rows.get(i).position());
                fault = e;
            }
        }
        outbox.done(done);
        outbox.release(failed);
        if (fault != null) {
            throw fault;
        }
    }

    private CloudEvent event(Outbox.Row row) {
        try {
            return told.event(row);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("the outbox holds no event of its kind at " + row.position(), e);
        }
    }
}
