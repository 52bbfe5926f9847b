package io.prelim.report.store;

import io.prelim.access.Sites;
import io.prelim.events.ReportChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Pages of reports that have a version, newest report first; a page boundary stays where it is while reports change. */
@ApplicationScoped
public class ReportList {
    private final EntityManager database;

    ReportList(EntityManager database) {
        this.database = database;
    }

    /**
     * @param sites            whose reports
     * @param studyInstanceUid null for any
     * @param status           null for any
     * @param before           {@link Entry#cursor} of the last entry of the page before; {@link Long#MAX_VALUE} for the first
     */
    public List<Entry> page(Sites sites, String studyInstanceUid, ReportChanged.Status status, long before, int limit) {
        StringBuilder query = new StringBuilder("select r.report_key, r.version, r.revision, r.status, r.state,"
                + " r.priority, r.sequence, r.first_sequence,"
                + " cast(extract(epoch from r.changed_at) * 1000000 as bigint),"
                + " s.study_key, s.study_instance_uid, r.settled, r.claimed_by,"
                + " cast(extract(epoch from r.claimed_since) * 1000000 as bigint), r.proposals, r.discrepancies"
                + " from reports r join report_studies s on s.report_key = r.report_key"
                + " where r.first_sequence < :before");
        if (!sites.all()) {
            query.append(" and s.site = any(:sites)");
        }
        if (studyInstanceUid != null) {
            query.append(" and s.study_instance_uid = :uid");
        }
        if (status != null) {
            query.append(" and r.status = :status");
        }
        query.append(" order by r.first_sequence desc limit :limit");
        Query page = database.createNativeQuery(query.toString())
                .setParameter("before", before)
                .setParameter("limit", limit);
        if (!sites.all()) {
            page.setParameter("sites", sites.bound());
        }
        if (studyInstanceUid != null) {
            page.setParameter("uid", studyInstanceUid);
        }
        if (status != null) {
            page.setParameter("status", status.name());
        }
        return Rows.of(page).stream().map(ReportList::entry).toList();
    }

    private static Entry entry(Object[] row) {
        return new Entry(
                (UUID) row[0],
                List.of((UUID) row[9]),
                List.of((String) row[10]),
                ((Number) row[1]).intValue(),
                ((Number) row[2]).intValue(),
                ReportChanged.Status.valueOf((String) row[3]),
                (String) row[4],
                (Boolean) row[11],
                (String) row[5],
                ((Number) row[6]).longValue(),
                ((Number) row[7]).longValue(),
                micros(row[8]),
                (String) row[12],
                micros(row[13]),
                ((Number) row[14]).intValue(),
                ((Number) row[15]).intValue());
    }

    private static Instant micros(Object value) {
        return value == null ? null : Instant.EPOCH.plusNanos(((Number) value).longValue() * 1_000);
    }

    /**
     * @param state         where it stands in its lifecycle, such as {@code CLAIMED}
     * @param cursor        position of the report's first version in the event log
     * @param claimedBy     id of the reader who has it before them; null, and left out, for nobody
     * @param proposals     how many wait for a decision
     * @param discrepancies how many there are between what was signed and what models say
     */
    public record Entry(
            UUID reportKey,
            List<UUID> studyKeys,
            List<String> studyInstanceUids,
            int version,
            int revision,
            ReportChanged.Status status,
            String state,
            boolean settled,
            String priority,
            long sequence,
            long cursor,
            Instant changedAt,
            String claimedBy,
            Instant claimedSince,
            int proposals,
            int discrepancies) {}
}
