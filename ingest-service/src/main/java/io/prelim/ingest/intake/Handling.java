package io.prelim.ingest.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.events.EventJson;
import io.prelim.events.UnreadableEvent;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.patients.MergeRefused;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** One record: read, checked, handed on; parked if it cannot be handled; tried again for as long as a fault may pass. */
@ApplicationScoped
class Handling {
    private static final Logger LOG = Logger.getLogger(Handling.class);
    /** Far above any event of ours; a longer one is not read. */
    static final int LONGEST_EVENT = 1 << 20;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(10);

    private final ParkedRecords parked;
    private final MeterRegistry registry;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Handling(ParkedRecords parked, MeterRegistry registry) {
        this.parked = parked;
        this.registry = registry;
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
            ConsumerRecord<String, byte[]> consumed,
            Class<T> type,
            Function<T, Optional<String>> check,
            Consumer<T> accept) {
        if (consumed.value() == null || consumed.value().length > LONGEST_EVENT) {
            park(
                    consumed,
                    consumed.value() == null
                            ? "record has no value"
                            : consumed.value().length + " bytes are more than " + LONGEST_EVENT);
            return;
        }
        T event;
        try {
            event = EventJson.read(consumed.value(), type);
        } catch (UnreadableEvent e) {
            park(consumed, e.getMessage());
            return;
        }
        Optional<String> problem = check.apply(event);
        if (problem.isPresent()) {
            park(consumed, problem.get());
            return;
        }
        Optional<RuntimeException> fault = untilPassed(consumed, Faults::passes, () -> accept.accept(event));
        fault.ifPresent(cause -> park(
                consumed,
                cause instanceof Facts.UnknownStudy || cause instanceof MergeRefused
                        ? cause.getMessage()
                        : OperatorMessage.reason(cause)));
    }

    /** Keeps a record that cannot be handled, and says why. */
    void park(ConsumerRecord<String, byte[]> consumed, String reason) {
        // there is no other place for it: whatever the fault, it is tried again
        untilPassed(consumed, fault -> true, () -> parked.park(consumed, reason));
        Counter.builder("prelim.ingest.facts.parked")
                .description("records that could not be handled")
                .tag("topic", consumed.topic())
                .register(registry)
                .increment();
        OperatorMessage.FACT_PARKED.log(
                LOG,
                "topic",
                consumed.topic(),
                "partition",
                consumed.partition(),
                "offset",
                consumed.offset(),
                "reason",
                reason);
    }

    /** @return the fault that will not pass, if that is how it ended */
    private Optional<RuntimeException> untilPassed(
            ConsumerRecord<String, byte[]> consumed, Function<Throwable, Boolean> passes, Runnable work) {
        Duration pause = FIRST_PAUSE;
        boolean told = false;
        while (true) {
            try {
                work.run();
                if (told) {
                    OperatorMessage.FACTS_GO_ON.log(LOG, "topic", consumed.topic());
                }
                return Optional.empty();
            } catch (RuntimeException e) {
                if (!passes.apply(e)) {
                    return Optional.of(e);
                }
                if (!told) {
                    told = true;
                    OperatorMessage.FACTS_WAIT.log(LOG, "topic", consumed.topic(), "reason", OperatorMessage.reason(e));
                }
            }
            rest(pause);
            pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
        }
    }

    private void rest(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the service stops; the record comes again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the record comes again", e);
        }
    }
}
