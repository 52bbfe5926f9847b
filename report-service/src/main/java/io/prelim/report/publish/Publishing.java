package io.prelim.report.publish;

import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.EventLog.VersionLogged;
import io.prelim.report.store.Outbox;
import io.prelim.report.store.ReviewLog.ReviewLogged;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;

/** Keeps the relays running: at once when a version or a review was written here, and from time to time for those written elsewhere. */
@ApplicationScoped
class Publishing {
    private static final OperatorLog LOG = OperatorLog.of(Publishing.class);

    private final Relay changes;
    private final Relay reviews;
    private final Duration poll;
    private Repeater ofChanges;
    private Repeater ofReviews;

    Publishing(Outbox outbox, EventSender sender, ReportSettings settings) {
        this.changes = relay(outbox, Outbox.Of.CHANGES, Told::change, sender, settings.relay());
        this.reviews = relay(outbox, Outbox.Of.REVIEWS, Told::review, sender, settings.relay());
        this.poll = settings.relay().poll();
    }

    void start(@Observes StartupEvent event) {
        ofChanges = Repeater.start("relay", poll, changes::drain, Publishing::tell);
        ofReviews = Repeater.start("review-relay", poll, reviews::drain, Publishing::tell);
    }

    void stop(@Observes ShutdownEvent event) {
        ofChanges.close();
        ofReviews.close();
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) VersionLogged written) {
        if (ofChanges != null) {
            ofChanges.wake();
        }
    }

    void reviewed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ReviewLogged reviewed) {
        if (ofReviews != null) {
            ofReviews.wake();
        }
    }

    private static Relay relay(
            Outbox outbox, Outbox.Of kind, Told told, EventSender sender, ReportSettings.Relay settings) {
        return new Relay(OutboxRows.of(outbox, kind), told, sender, settings.batch(), settings.claim());
    }

    private static void tell(RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.RELAY_RESUMED);
        } else {
            LOG.write(OperatorMessage.RELAY_PAUSED, "fault", OperatorLog.fault(fault));
        }
    }
}
