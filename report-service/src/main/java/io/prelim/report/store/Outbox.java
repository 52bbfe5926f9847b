package io.prelim.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Changes that Kafka has not acknowledged. A claim expires by itself, so that no lock is held across a send and a relay that died
 * loses nothing. A report's changes are claimed in order: none while an earlier one is claimed by another relay.
 */
@ApplicationScoped
public class Outbox {
    private final EntityManager database;

    Outbox(EntityManager database) {
        this.database = database;
    }

    /** @return what is now this caller's to send, in the order of the log */
    @Transactional
    public List<Row> claim(int limit, Duration claim) {
        return Rows.of(database.createNativeQuery("update outbox set attempts = attempts + 1,"
                                + " claimed_until = clock_timestamp() + make_interval(secs => :seconds)"
                                + " where position in (select o.position from outbox o where o.claimed_until < clock_timestamp()"
                                + " and not exists (select 1 from outbox e where e.report_key = o.report_key"
                                + " and e.position < o.position and e.claimed_until >= clock_timestamp())"
                                + " order by o.position limit :limit for update skip locked)"
                                + " returning position, cast(event as text)")
                        .setParameter("seconds", claim.toMillis() / 1000.0)
                        .setParameter("limit", limit))
                .stream()
                .map(row -> new Row(((Number) row[0]).longValue(), (String) row[1]))
                .sorted(Comparator.comparingLong(Row::position))
                .toList();
    }

    /** Acknowledged: they leave the outbox. */
    @Transactional
    public void done(List<Long> positions) {
        if (!positions.isEmpty()) {
            database.createNativeQuery("delete from outbox where position in (:positions)")
                    .setParameter("positions", positions)
                    .executeUpdate();
        }
    }

    /** Not acknowledged: they may be claimed again at once. */
    @Transactional
    public void release(List<Long> positions) {
        if (!positions.isEmpty()) {
            database.createNativeQuery("update outbox set claimed_until = '-infinity' where position in (:positions)")
                    .setParameter("positions", positions)
                    .executeUpdate();
        }
    }

    /** Rows waiting. */
    @Transactional
    public long waiting() {
        return ((Number) database.createNativeQuery("select count(*) from outbox")
                        .getSingleResult())
                .longValue();
    }

    /** @param event JSON of {@link io.prelim.events.ReportChanged} */
    public record Row(long position, String event) {}
}
