package io.prelim.ingest.operation;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.store.SegmentLog;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.StatelessSession;

/** What stands and waits, looked up now and then rather than at each scrape. */
@ApplicationScoped
class Gauges {
    private static final String COUNTS = """
            select (select count(*) from studies where due_at is not null), (select count(*) from parked),
                (select count(*) from quarantine), (select count(*) from damaged_parts)
            """;

    private final StatelessSession session;
    private final AtomicLong due = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final AtomicLong quarantined = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();

    Gauges(StatelessSession session) {
        this.session = session;
    }

    void register(@Observes StartupEvent event, MeterRegistry meters, SegmentLog log) {
        meters.gauge("prelim.ingest.studies.due", due);
        meters.gauge("prelim.ingest.parked", parked);
        meters.gauge("prelim.ingest.quarantined", quarantined);
        meters.gauge("prelim.ingest.damaged.parts", damaged);
        meters.gauge("prelim.ingest.store.appends.waiting", log, SegmentLog::waiting);
        meters.gauge("prelim.ingest.store.free.bytes", log, Gauges::freeBytes);
    }

    @Scheduled(every = "5s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void look() {
        Object[] counts = session.createNativeQuery(COUNTS, Object[].class).getSingleResult();
        due.set(((Number) counts[0]).longValue());
        parked.set(((Number) counts[1]).longValue());
        quarantined.set(((Number) counts[2]).longValue());
        damaged.set(((Number) counts[3]).longValue());
    }

    private static double freeBytes(SegmentLog log) {
        try {
            return log.freeBytes();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
