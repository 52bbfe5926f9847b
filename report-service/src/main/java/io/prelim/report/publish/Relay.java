package io.prelim.report.publish;

import io.prelim.events.CloudEvent;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.ReportChanged;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.EventLog.VersionLogged;
import io.prelim.report.store.Outbox;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Sends what waits in the outbox, in the order of the log. A re-send has the same event id. */
@ApplicationScoped
class Relay {
    private static final OperatorLog LOG = OperatorLog.of(Relay.class);

    private final Outbox outbox;
    private final ChangeSender sender;
    private final int batch;
    private final Duration claim;
    private final Duration poll;
    private Repeater repeater;

    Relay(Outbox outbox, ChangeSender sender, ReportSettings settings) {
        this.outbox = outbox;
        this.sender = sender;
        this.batch = settings.relay().batch();
        this.claim = settings.relay().claim();
        this.poll = settings.relay().poll();
    }

    void start(@Observes StartupEvent event) {
        repeater = Repeater.start("relay", poll, this::drain, Relay::tell);
    }

    void stop(@Observes ShutdownEvent event) {
        repeater.close();
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) VersionLogged written) {
        if (repeater != null) {
            repeater.wake();
        }
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

    private static CloudEvent event(Outbox.Row row) {
        try {
            ReportChanged change = EventJson.read(row.event().getBytes(StandardCharsets.UTF_8), ReportChanged.class);
            return CloudEvent.of(
                    Ids.v5("report-changed", change.reportKey().toString(), Integer.toString(change.version())),
                    "report",
                    change.changedAt(),
                    change);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("the outbox holds no report change at " + row.position(), e);
        }
    }

    private static void tell(RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.RELAY_RESUMED);
        } else {
            LOG.write(OperatorMessage.RELAY_PAUSED, "fault", OperatorLog.fault(fault));
        }
    }
}
