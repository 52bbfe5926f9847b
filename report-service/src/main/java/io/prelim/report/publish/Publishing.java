package io.prelim.report.publish;

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
import java.time.Duration;

/** Keeps the relay running: at once when a version was written here, and from time to time for those written elsewhere. */
@ApplicationScoped
class Publishing {
    private static final OperatorLog LOG = OperatorLog.of(Publishing.class);

    private final Relay relay;
    private final Duration poll;
    private Repeater repeater;

    Publishing(Outbox outbox, ChangeSender sender, ReportSettings settings) {
        this.relay = new Relay(
                OutboxRows.of(outbox),
                sender,
                settings.relay().batch(),
                settings.relay().claim());
        this.poll = settings.relay().poll();
    }

    void start(@Observes StartupEvent event) {
        repeater = Repeater.start("relay", poll, relay::drain, Publishing::tell);
    }

    void stop(@Observes ShutdownEvent event) {
        repeater.close();
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) VersionLogged written) {
        if (repeater != null) {
            repeater.wake();
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
