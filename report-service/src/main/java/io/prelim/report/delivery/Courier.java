package io.prelim.report.delivery;

import io.prelim.events.EventJson;
import io.prelim.events.ReportChanged;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.delivery.Destination.Unreachable;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.store.Delivery;
import io.prelim.report.store.DeliveryQueue;
import io.prelim.report.store.DestinationType;
import io.prelim.report.store.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Brings results to one destination, one after the other; holds one of them in memory. */
final class Courier<M extends Outgoing> {
    private static final OperatorLog LOG = OperatorLog.of(Courier.class);
    /** Entries of the event log queued in one transaction. */
    private static final int READ = 200;

    private final String name;
    private final DestinationType type;
    private final Destination<M> destination;
    private final DeliveryQueue queue;
    private final DeliveryFigures figures;
    private final Limits limits;
    private final Pauses pauses;
    private final UUID self = UUID.randomUUID();
    private volatile boolean stopping;

    Courier(
            String name,
            DestinationType type,
            Destination<M> destination,
            DeliveryQueue queue,
            DeliveryFigures figures) {
        this.name = name;
        this.type = type;
        this.destination = destination;
        this.queue = queue;
        this.figures = figures;
        this.limits = destination.limits();
        this.pauses = new Pauses(
                limits.shortestPause(),
                limits.longestPause(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    DestinationType type() {
        return type;
    }

    void stop() {
        stopping = true;
    }

    /** Queues what is new, then sends what is due, if no other replica does and the destination is not to be left alone. */
    void round() {
        DeliveryQueue.Read read;
        do {
            read = queue.read(name, READ, this::wanted);
            if (read.missed() > 0) {
                LOG.write(OperatorMessage.DELIVERY_GAP, type.key(), name, "changes", read.missed());
            }
        } while (read.entries() == READ && !stopping);
        boolean more = true;
        while (more && !stopping && queue.next(name).isPresent() && queue.hold(name, self, limits.claim())) {
            try {
                more = batch();
            } finally {
                queue.release(name, self);
            }
        }
    }

    private List<DeliveryQueue.Item> wanted(EventLog.Entry entry) {
        try {
            return destination.wanted(
                    EventJson.read(entry.event().getBytes(StandardCharsets.UTF_8), ReportChanged.class));
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("the event log holds no report change at " + entry.position(), e);
        }
    }

    /** @return whether there may be more to send now */
    private boolean batch() {
        Optional<Delivery> next = Optional.empty();
        try (Destination.Session<M> session = destination.open()) {
            for (int sent = 0; sent < limits.batch() && !stopping; sent++) {
                next = queue.next(name);
                if (next.isEmpty() || !deliver(next.get(), session)) {
                    return false;
                }
                next = Optional.empty();
            }
            return true;
        } catch (IOException e) {
            // whatever became of it: it is sent again, the same with the same id
            next.ifPresent(delivery -> queue.postponed(delivery, problem(e), pauses.after(delivery.attempts() + 1)));
            int failures = queue.unreachable(name, problem(e), times -> pause(e, times));
            if (failures == 1) {
                LOG.write(OperatorMessage.DESTINATION_UNREACHABLE, type.key(), name, "problem", problem(e));
            }
            return false;
        }
    }

    private Duration pause(IOException fault, int failures) {
        Duration pause = pauses.after(failures);
        return fault instanceof Unreachable told ? told.atLeast(pause) : pause;
    }

    /** @return whether the destination is still ours, and takes more */
    private boolean deliver(Delivery delivery, Destination.Session<M> session) throws IOException {
        if (limits.newest() && queue.superseded(delivery)) {
            tell(OperatorMessage.DELIVERY_SKIPPED, delivery, null);
            return true;
        }
        M message;
        try {
            message = destination.write(delivery);
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            refused(delivery, "cannot be written: " + OperatorLog.fault(e));
            return true;
        }
        Optional<String> first = queue.begin(delivery, message.digest(), self, limits.claim());
        if (first.isEmpty()) {
            return false;
        }
        if (!first.get().equals(message.digest())) {
            tell(OperatorMessage.DELIVERY_BYTES_DIFFER, delivery, null);
        }
        Answer answer = session.send(message);
        if (queue.reached(name)) {
            LOG.write(OperatorMessage.DESTINATION_REACHED, type.key(), name);
        }
        return settle(delivery, answer);
    }

    private boolean settle(Delivery delivery, Answer answer) {
        if (answer instanceof Answer.Stored stored) {
            queue.sent(delivery, stored.note());
            figures.sent(type, name, delivery.kind());
            tell(OperatorMessage.DELIVERY_SENT, delivery, stored.note());
        } else if (answer instanceof Answer.Refused refused) {
            refused(delivery, refused.problem());
        } else if (answer instanceof Answer.Later later) {
            later(delivery, later);
        } else if (answer instanceof Answer.Gone gone) {
            queue.postponed(delivery, gone.problem(), Duration.ZERO);
            queue.disabled(name, gone.problem());
            LOG.write(OperatorMessage.DESTINATION_DISABLED, type.key(), name, "problem", gone.problem());
            return false;
        }
        return true;
    }

    private void later(Delivery delivery, Answer.Later later) {
        if (delivery.refusals() + 1 >= later.most()) {
            refused(delivery, later.problem());
        } else {
            queue.deferred(delivery, later.problem(), pauses.after(delivery.attempts() + 1));
            tell(OperatorMessage.DELIVERY_POSTPONED, delivery, later.problem());
        }
    }

    private void refused(Delivery delivery, String problem) {
        queue.refused(delivery, problem);
        figures.refused(type, name, delivery.kind());
        tell(OperatorMessage.DELIVERY_REFUSED, delivery, problem);
    }

    private static String problem(IOException fault) {
        return fault instanceof Unreachable ? fault.getMessage() : OperatorLog.fault(fault);
    }

    private void tell(OperatorMessage message, Delivery delivery, String problem) {
        LOG.write(
                message,
                type.key(),
                name,
                "reportKey",
                delivery.reportKey(),
                "version",
                delivery.version(),
                "kind",
                delivery.kind(),
                type == DestinationType.ARCHIVE ? "sopInstanceUid" : "messageId",
                delivery.messageId(),
                "problem",
                problem == null ? "none" : problem);
    }
}
