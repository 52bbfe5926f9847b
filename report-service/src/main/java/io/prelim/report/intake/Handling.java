package io.prelim.report.intake;

import io.prelim.events.EventJson;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.ParkedRecords;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record: read, checked, handed on; parked if it cannot be handled; tried again for as long as a fault is transient. */
@ApplicationScoped
class Handling {
    private static final OperatorLog LOG = OperatorLog.of(Handling.class);

    private final ParkedRecords parked;
    private final ReportSettings settings;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Handling(ParkedRecords parked, ReportSettings settings) {
        this.parked = parked;
        this.settings = settings;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /**
     * Returns when the record is handled or parked.
     *
     * @throws IllegalStateException if the service stops before; the record comes again
     */
    <T> void handle(
            ConsumerRecord<String, byte[]> consumed, Class<T> type, Function<T, String> check, Consumer<T> accept) {
        T event;
        try {
            if (consumed.value() == null) {
                park(consumed, "record has no value");
                return;
            }
            event = EventJson.read(consumed.value(), type);
        } catch (UnreadableEvent e) {
            park(consumed, e.getMessage());
            return;
        }
        String problem = check.apply(event);
        if (problem != null) {
            park(consumed, problem);
            return;
        }
        try {
            untilNotTransient(consumed, () -> accept.accept(event));
        } catch (Unhandled e) {
            park(consumed, OperatorLog.fault(e.getCause()));
        }
    }

    private void park(ConsumerRecord<String, byte[]> consumed, String reason) {
        try {
            untilNotTransient(
                    consumed,
                    () -> parked.park(new ParkedRecords.Parked(
                            consumed.topic(),
                            consumed.partition(),
                            consumed.offset(),
                            consumed.key(),
                            headers(consumed),
                            consumed.value(),
                            reason)));
        } catch (Unhandled e) {
            throw new IllegalStateException("a record could not be parked: " + OperatorLog.fault(e.getCause()));
        }
        LOG.write(
                OperatorMessage.RECORD_PARKED,
                "topic",
                consumed.topic(),
                "partition",
                consumed.partition(),
                "offset",
                consumed.offset(),
                "reason",
                reason);
    }

    private void untilNotTransient(ConsumerRecord<String, byte[]> consumed, Runnable work) throws Unhandled {
        Duration pause = settings.shortestPause();
        boolean paused = false;
        while (true) {
            try {
                work.run();
                if (paused) {
                    LOG.write(OperatorMessage.INTAKE_RESUMED, "topic", consumed.topic());
                }
                return;
            } catch (RuntimeException e) {
                if (!Faults.isTransient(e)) {
                    throw new Unhandled(e);
                }
                if (!paused) {
                    LOG.write(OperatorMessage.INTAKE_PAUSED, "topic", consumed.topic(), "fault", OperatorLog.fault(e));
                    paused = true;
                }
                await(pause);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : longer;
            }
        }
    }

    private void await(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopping", e);
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> consumed) {
        Map<String, String> headers = new TreeMap<>();
        consumed.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    /** A fault that would come again with the same record. */
    private static final class Unhandled extends Exception {
        private static final long serialVersionUID = 1L;

        Unhandled(RuntimeException cause) {
            super(cause);
        }
    }
}
