package io.prelim.report.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.prelim.events.ReportChanged;
import io.prelim.report.store.EventLog;
import io.prelim.report.store.Outbox;
import io.prelim.report.store.ParkedRecords;
import io.prelim.report.subscribe.Streams;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Counts versions, times studies from complete to settled draft, shows what waits. Database counts are at most ten seconds old. */
@ApplicationScoped
class Figures {
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final Outbox outbox;
    private final ParkedRecords parked;
    private final Streams streams;
    private final AtomicLong outboxWaiting = new AtomicLong();
    private final AtomicLong parkedRecords = new AtomicLong();
    private final Timer studyToDraft;
    private Repeater repeater;

    Figures(MeterRegistry registry, Outbox outbox, ParkedRecords parked, Streams streams) {
        this.registry = registry;
        this.outbox = outbox;
        this.parked = parked;
        this.streams = streams;
        this.studyToDraft = Timer.builder("prelim.report.study.to.draft")
                .description("from the study's completeness to its settled draft")
                .serviceLevelObjectives(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5))
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("prelim.report.stream.clients", streams, Streams::clients).register(registry);
        Gauge.builder("prelim.report.outbox.waiting", outboxWaiting, AtomicLong::get)
                .register(registry);
        Gauge.builder("prelim.report.parked", parkedRecords, AtomicLong::get).register(registry);
        for (ReportChanged.Status status : ReportChanged.Status.values()) {
            versions(status, true);
            versions(status, false);
        }
        repeater = Repeater.start("figures", REFRESH, this::refresh, fault -> {});
    }

    void stop(@Observes ShutdownEvent event) {
        repeater.close();
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventLog.VersionLogged written) {
        versions(written.change().status(), written.change().settled()).increment();
        if (written.waited() != null && !written.waited().isNegative()) {
            studyToDraft.record(written.waited());
        }
    }

    private Counter versions(ReportChanged.Status status, boolean settled) {
        return Counter.builder("prelim.report.versions")
                .description("report versions written")
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .tag("settled", Boolean.toString(settled))
                .register(registry);
    }

    private void refresh() {
        outboxWaiting.set(outbox.waiting());
        parkedRecords.set(parked.count());
    }
}
