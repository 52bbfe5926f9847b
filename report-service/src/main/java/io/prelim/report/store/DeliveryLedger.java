package io.prelim.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** What became of deliveries, for people and figures. */
@ApplicationScoped
public class DeliveryLedger {
    /** What {@link #deliveries} reads. */
    static final String COLUMNS = " delivery_id, report_key, version, kind, finding_id, sop_instance_uid, archive,"
            + " (select type from archives where name = archive), state, attempts, refusals, digest, problem,"
            + " superseded_by, body, " + Rows.micros("queued_at") + ", " + Rows.micros("changed_at") + " ";

    private final EntityManager database;

    DeliveryLedger(EntityManager database) {
        this.database = database;
    }

    /** How each destination stands that ever was one. */
    @Transactional
    public List<DestinationStanding> standings() {
        return Rows.of(database.createNativeQuery("select a.name, a.type, a.position, a.failures,"
                        + " case when a.next_try > clock_timestamp() then " + Rows.micros("a.next_try")
                        + " end, a.problem, " + Rows.micros("a.disabled_at") + ","
                        + " (select count(*) from archive_deliveries d where d.archive = a.name and d.state = 'WAITING'),"
                        + " (select count(*) from archive_deliveries d where d.archive = a.name and d.state = 'REFUSED'),"
                        + " (select cast(extract(epoch from clock_timestamp() - min(queued_at)) as bigint)"
                        + " from archive_deliveries d where d.archive = a.name and d.state = 'WAITING')"
                        + " from archives a order by a.name"))
                .stream()
                .map(row -> new DestinationStanding(
                        (String) row[0],
                        DestinationType.valueOf((String) row[1]),
                        ((Number) row[2]).longValue(),
                        ((Number) row[3]).intValue(),
                        Rows.instant(row[4]),
                        (String) row[5],
                        Rows.instant(row[6]),
                        ((Number) row[7]).longValue(),
                        ((Number) row[8]).longValue(),
                        row[9] == null ? null : ((Number) row[9]).longValue()))
                .toList();
    }

    /** What goes, went or was refused of a report, in the order of its way out. */
    @Transactional
    public List<Delivery> ofReport(UUID reportKey) {
        return deliveries(database.createNativeQuery(
                        "select" + COLUMNS + "from archive_deliveries where report_key = :report order by delivery_id")
                .setParameter("report", reportKey));
    }

    static List<Delivery> deliveries(Query query) {
        return Rows.of(query).stream()
                .map(row -> new Delivery(
                        ((Number) row[0]).longValue(),
                        (UUID) row[1],
                        ((Number) row[2]).intValue(),
                        (String) row[3],
                        (UUID) row[4],
                        (String) row[5],
                        (String) row[6],
                        DestinationType.valueOf((String) row[7]),
                        row[13] == null ? Delivery.State.valueOf((String) row[8]) : Delivery.State.SKIPPED,
                        ((Number) row[9]).intValue(),
                        ((Number) row[10]).intValue(),
                        (String) row[11],
                        (String) row[12],
                        (Integer) row[13],
                        (String) row[14],
                        Rows.instant(row[15]),
                        Rows.instant(row[16])))
                .toList();
    }
}
