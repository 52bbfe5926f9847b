package io.prelim.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.publish.Claims.Waiting;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Counts what is sent and shows what waits; what waits is at most ten seconds old, and kept while the database is away. */
@ApplicationScoped
class OutboxFigures {
    private static final Logger LOG = Logger.getLogger(OutboxFigures.class);

    private final MeterRegistry registry;
    private final Claims claims;
    private volatile Waiting waiting = new Waiting(0, 0, 0, 0);

    OutboxFigures(MeterRegistry registry, Claims claims) {
        this.registry = registry;
        this.claims = claims;
        gauge(
                "prelim.ingest.outbox.unsettled",
                "events whose effect was not seen",
                figures -> figures.waiting.unsettled());
        gauge(
                "prelim.ingest.outbox.unsent",
                "of these, events the broker never had",
                figures -> figures.waiting.unsent());
        gauge(
                "prelim.ingest.outbox.refused",
                "events the broker will never take",
                figures -> figures.waiting.refused());
        gauge(
                "prelim.ingest.outbox.oldest.age.seconds",
                "age of the oldest event whose effect was not seen",
                figures -> figures.waiting.oldestAgeSeconds());
    }

    @Scheduled(every = "10s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            waiting = claims.waiting();
        } catch (RuntimeException e) {
            LOG.debug("the outbox was not counted", e);
        }
    }

    void sent(String topic, boolean again) {
        Counter.builder("prelim.ingest.outbox.sent")
                .description("events acknowledged by the broker")
                .tag("topic", topic)
                .tag("resend", Boolean.toString(again))
                .register(registry)
                .increment();
    }

    void failed(String topic) {
        count("prelim.ingest.outbox.failed", "attempts the broker did not acknowledge", topic);
    }

    void refused(String topic) {
        count("prelim.ingest.outbox.refusals", "events the broker refused for good", topic);
    }

    private void count(String name, String description, String topic) {
        Counter.builder(name)
                .description(description)
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    private void gauge(String name, String description, java.util.function.ToDoubleFunction<OutboxFigures> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }
}
