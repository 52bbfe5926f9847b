package io.prelim.report.store;

import io.prelim.events.EventJson;
import io.prelim.events.ReportChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The one event log. Positions have no gap and follow the order of commits, so a reader who has position n has seen all up to n and
 * never skips one that commits later.
 */
@ApplicationScoped
public class EventLog {
    private final EntityManager database;

    EventLog(EntityManager database) {
        this.database = database;
    }

    /**
     * The next position. Everybody else who wants one waits until this transaction ends: to be called last, with little left to do.
     */
    public long nextPosition() {
        return ((Number) database.createNativeQuery("update event_position set last = last + 1 returning last")
                        .getSingleResult())
                .longValue();
    }

    /** Appends a change at its {@link ReportChanged#sequence}, and puts it into the outbox. */
    public void append(ReportChanged change) {
        String event = new String(EventJson.write(change), StandardCharsets.UTF_8);
        database.createNativeQuery("insert into event_log (position, report_key, version, event, logged_at)"
                        + " values (:position, :report, :version, cast(:event as json), :at)")
                .setParameter("position", change.sequence())
                .setParameter("report", change.reportKey())
                .setParameter("version", change.version())
                .setParameter("event", event)
                .setParameter("at", change.changedAt())
                .executeUpdate();
        database.createNativeQuery("insert into outbox (position, report_key, event, logged_at)"
                        + " values (:position, :report, cast(:event as json), :at)")
                .setParameter("position", change.sequence())
                .setParameter("report", change.reportKey())
                .setParameter("event", event)
                .setParameter("at", change.changedAt())
                .executeUpdate();
    }

    /**
     * Puts a report's newest change into the outbox again, for somebody who shows that it was not seen: the same event, which those
     * who saw it know by its id.
     */
    public void tellAgain(UUID reportKey) {
        database.createNativeQuery("insert into outbox (position, report_key, event, logged_at)"
                        + " select position, report_key, event, logged_at from event_log where report_key = :report"
                        + " order by position desc limit 1 on conflict do nothing")
                .setParameter("report", reportKey)
                .executeUpdate();
    }

    /** Where the log begins and ends: positions {@code first} to {@code last} can be read; {@code first = last + 1} when empty. */
    @Transactional
    public Range range() {
        Object[] row = Rows.of(database.createNativeQuery("select p.last,"
                        + " coalesce((select min(position) from event_log), p.last + 1) from event_position p"))
                .get(0);
        return new Range(((Number) row[1]).longValue(), ((Number) row[0]).longValue());
    }

    /** Entries after a position, in order. */
    @Transactional
    public List<Entry> after(long position, int limit) {
        return Rows.of(database.createNativeQuery(
                                "select position, cast(event as text), site_of_report(report_key) from event_log"
                                        + " where position > :position order by position limit :limit")
                        .setParameter("position", position)
                        .setParameter("limit", limit))
                .stream()
                .map(row -> new Entry(((Number) row[0]).longValue(), (String) row[1], (String) row[2]))
                .toList();
    }

    /** Forgets what is older than the retention; positions are not given again. @return entries removed */
    @Transactional
    public int trim(Duration retention) {
        return database.createNativeQuery("delete from event_log where position <= (select coalesce(max(position), 0)"
                        + " from event_log where logged_at < clock_timestamp() - make_interval(secs => :seconds))")
                .setParameter("seconds", (double) retention.toSeconds())
                .executeUpdate();
    }

    /** Positions that can be read, both included. */
    public record Range(long first, long last) {}

    /**
     * @param event JSON of {@link ReportChanged}
     * @param site  whose the report is; null where that is not known
     */
    public record Entry(long position, String event, String site) {}

    /**
     * Told to observers once the transaction that wrote a version has committed.
     *
     * @param overdue whether a deadline caused it
     * @param waited  from the study's completeness to this version, if it is the first settled one of a revision; else null
     */
    public record VersionLogged(ReportChanged change, boolean overdue, Duration waited) {}
}
