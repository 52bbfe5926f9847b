package io.prelim.report.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.report.store.DestinationStanding;
import io.prelim.report.store.DestinationType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What went to each destination, was refused by it, waits for it and how long: {@code prelim.report.<type>.*}. */
@ApplicationScoped
class DeliveryFigures {
    private final MeterRegistry registry;
    private final Map<String, DestinationStanding> standings = new ConcurrentHashMap<>();
    private final Map<String, List<Meter>> gauges = new ConcurrentHashMap<>();

    DeliveryFigures(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(DestinationType type, String name, Iterable<String> kinds) {
        List<Meter> shown = new ArrayList<>();
        shown.add(gauge(type, "waiting", name, DestinationStanding::waiting));
        shown.add(gauge(type, "oldest.seconds", name, each -> each.oldestSeconds() == null ? 0 : each.oldestSeconds()));
        gauges.put(name, shown);
        kinds.forEach(kind -> {
            counter("sent", type, name, kind);
            counter("refused", type, name, kind);
        });
    }

    /** Of a destination that is no more. */
    void hide(String name) {
        List<Meter> shown = gauges.remove(name);
        if (shown != null) {
            shown.forEach(registry::remove);
        }
    }

    private Meter gauge(DestinationType type, String what, String name, ToDoubleFunction<DestinationStanding> value) {
        return Gauge.builder(
                        "prelim.report." + type.key() + "." + what,
                        standings,
                        known -> known.containsKey(name) ? value.applyAsDouble(known.get(name)) : 0)
                .tag(type.key(), name)
                .register(registry);
    }

    void sent(DestinationType type, String name, String kind) {
        counter("sent", type, name, kind).increment();
    }

    void refused(DestinationType type, String name, String kind) {
        counter("refused", type, name, kind).increment();
    }

    private Counter counter(String what, DestinationType type, String name, String kind) {
        return Counter.builder("prelim.report." + type.key() + "." + what)
                .tag(type.key(), name)
                .tag("kind", kind)
                .register(registry);
    }

    void refresh(Iterable<DestinationStanding> newest) {
        newest.forEach(each -> standings.put(each.name(), each));
    }
}
