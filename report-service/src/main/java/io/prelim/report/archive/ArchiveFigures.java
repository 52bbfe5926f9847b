package io.prelim.report.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.report.store.ArchiveStanding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What went to each archive, was refused by it, waits for it and how long. */
@ApplicationScoped
class ArchiveFigures {
    private final MeterRegistry registry;
    private final Map<String, ArchiveStanding> standings = new ConcurrentHashMap<>();

    ArchiveFigures(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(String archive, Iterable<String> kinds) {
        gauge("prelim.report.archive.waiting", archive, ArchiveStanding::waiting);
        gauge(
                "prelim.report.archive.oldest.seconds",
                archive,
                each -> each.oldestSeconds() == null ? 0 : each.oldestSeconds());
        kinds.forEach(kind -> {
            counter("sent", archive, kind);
            counter("refused", archive, kind);
        });
    }

    private void gauge(String name, String archive, ToDoubleFunction<ArchiveStanding> value) {
        Gauge.builder(
                        name,
                        standings,
                        known -> known.containsKey(archive) ? value.applyAsDouble(known.get(archive)) : 0)
                .tag("archive", archive)
                .register(registry);
    }

    void sent(String archive, String kind) {
        counter("sent", archive, kind).increment();
    }

    void refused(String archive, String kind) {
        counter("refused", archive, kind).increment();
    }

    private Counter counter(String what, String archive, String kind) {
        return Counter.builder("prelim.report.archive." + what)
                .tag("archive", archive)
                .tag("kind", kind)
                .register(registry);
    }

    void refresh(Iterable<ArchiveStanding> newest) {
        newest.forEach(each -> standings.put(each.name(), each));
    }
}
