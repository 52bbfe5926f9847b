package io.prelim.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What Kafka has not acknowledged: changes and reviews, a table each. A claim expires by itself, so that no lock is held across a send and a relay that died
 * loses nothing. A report's are claimed in order: none while an earlier one is claimed by another relay.
 */
@ApplicationScoped
public class Outbox {
    private final EntityManager database;

    Outbox(EntityManager database) {
        this.database = database;
    }

    /** @return what is now this caller's to send, in its order */
    @Transactional
    public List<Row> claim(Of kind, int limit, Duration claim) {
        return Rows.of(database.createNativeQuery("update " + kind.table + " set attempts = attempts + 1,"
                                + " claimed_until = clock_timestamp() + make_interval(secs => :seconds)"
                                + " where position in (select o.position from " + kind.table
                                + " o where o.claimed_until < clock_timestamp()"
                                + " and not exists (select 1 from " + kind.table
                                + " e where e.report_key = o.report_key"
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
    public void done(Of kind, List<Long> positions) {
        if (!positions.isEmpty()) {
            database.createNativeQuery("delete from " + kind.table + " where position in (:positions)")
                    .setParameter("positions", positions)
                    .executeUpdate();
        }
    }

    /** Not acknowledged: they may be claimed again at once. */
    @Transactional
    public void release(Of kind, List<Long> positions) {
        if (!positions.isEmpty()) {
            database.createNativeQuery(
                            "update " + kind.table + " set claimed_until = '-infinity' where position in (:positions)")
                    .setParameter("positions", positions)
                    .executeUpdate();
        }
    }

    /** Rows waiting. */
    @Transactional
    public long waiting() {
        return ((Number) database.createNativeQuery(
                                "select (select count(*) from outbox) + (select count(*) from review_outbox)")
                        .getSingleResult())
                .longValue();
    }

    /** Which outbox. */
    public enum Of {
        /** {@link io.prelim.events.ReportChanged}, at its position in the event log. */
        CHANGES("outbox"),
        /** {@link io.prelim.events.ReportReviewed}. */
        REVIEWS("review_outbox");

        private final String table;

        Of(String table) {
            this.table = table;
        }
    }

    /** @param event JSON of what the outbox is of */
    public record Row(long position, String event) {}
}
