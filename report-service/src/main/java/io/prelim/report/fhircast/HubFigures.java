package io.prelim.report.fhircast;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** What the hub distributes, and what comes of it. Labels are names of events alone. */
@ApplicationScoped
class HubFigures {
    private final MeterRegistry registry;

    HubFigures(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(Supplier<Number> subscribers, Supplier<Number> topics, Supplier<Number> bytes) {
        Gauge.builder("prelim.report.fhircast.subscribers", subscribers).register(registry);
        Gauge.builder("prelim.report.fhircast.topics", topics).register(registry);
        Gauge.builder("prelim.report.fhircast.context.bytes", bytes).register(registry);
    }

    /** One event to one subscriber. @param event of the catalogue */
    void distributed(String event) {
        Counter.builder("prelim.report.fhircast.events")
                .tag("event", event)
                .register(registry)
                .increment();
    }

    void answered(boolean success) {
        answer(success ? "success" : "refused").increment();
    }

    void unanswered() {
        answer("none").increment();
    }

    void cut() {
        Counter.builder("prelim.report.fhircast.cut").register(registry).increment();
    }

    private Counter answer(String what) {
        return Counter.builder("prelim.report.fhircast.answers")
                .tag("answer", what)
                .register(registry);
    }
}
