package io.prelim.report.store;

import io.prelim.events.Priority;
import io.prelim.events.ReportChanged;
import io.prelim.report.lifecycle.Claim;
import io.prelim.report.lifecycle.ReportState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reports and their versions. */
@ApplicationScoped
public class ReportStore {
    private final EntityManager database;

    ReportStore(EntityManager database) {
        this.database = database;
    }

    /** The database's clock: the only one that decides about deadlines. */
    public Instant now() {
        return Rows.instant(database.createNativeQuery("select " + Rows.micros("clock_timestamp()"))
                .getSingleResult());
    }

    /** The report's row, made if it is new, and locked until the transaction ends: one change of a report at a time. */
    public ReportRow lock(UUID reportKey, UUID studyKey, String studyInstanceUid) {
        database.createNativeQuery("insert into reports (report_key) values (:report) on conflict do nothing")
                .setParameter("report", reportKey)
                .executeUpdate();
        database.createNativeQuery("insert into report_studies (report_key, study_key, study_instance_uid)"
                        + " values (:report, :study, :uid) on conflict do nothing")
                .setParameter("report", reportKey)
                .setParameter("study", studyKey)
                .setParameter("uid", studyInstanceUid)
                .executeUpdate();
        return database.find(ReportRow.class, reportKey, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Locks a report that exists. */
    public ReportRow lock(UUID reportKey) {
        return database.find(ReportRow.class, reportKey, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Reports with an answer that is overdue now, longest overdue first. */
    public List<UUID> overdue(int limit) {
        return database.createQuery(
                        "select r.reportKey from ReportRow r where r.nextDeadline <= :now order by r.nextDeadline",
                        UUID.class)
                .setParameter("now", now())
                .setMaxResults(limit)
                .getResultList();
    }

    /** The studies of a report. */
    public List<UUID> studies(UUID reportKey) {
        return Rows.of(
                database.createNativeQuery(
                                "select study_key from report_studies where report_key = :report order by study_key")
                        .setParameter("report", reportKey),
                UUID.class);
    }

    /** Inserts the version of a state and moves the report's row to it. */
    public void write(ReportRow report, NewVersion version) {
        VersionRow row = new VersionRow();
        row.key = new VersionRow.Key(report.reportKey, version.next().version());
        row.sequence = version.sequence();
        row.revision = version.revision();
        row.planId = version.planId();
        row.status = version.status().name();
        row.settled = version.next().settled();
        row.digest = version.digest();
        row.draft = version.draft();
        row.contextId = version.contextId();
        row.quotedContextId = version.quotedContextId();
        row.createdAt = version.at();
        database.persist(row);
        report.version = version.next().version();
        report.state = ReportRow.name(version.next());
        report.settled = row.settled;
        Claim claim = version.next().claim();
        report.claimedBy = claim == null ? null : claim.by();
        report.claimedSince = claim == null ? null : claim.since();
        report.proposals = version.proposals();
        report.discrepancies = version.discrepancies();
        report.status = row.status;
        report.revision = row.revision;
        report.planId = row.planId;
        report.digest = row.digest;
        report.priority = version.priority().name();
        report.sequence = row.sequence;
        if (report.firstSequence == null) {
            report.firstSequence = row.sequence;
        }
        report.changedAt = row.createdAt;
    }

    /** @param version null for the newest */
    public Optional<VersionRow> version(UUID reportKey, Integer version) {
        return database.createQuery(
                        "select v from VersionRow v, ReportRow r where v.key.reportKey = :report and r.reportKey = :report"
                                + " and v.key.version = coalesce(:version, r.version)",
                        VersionRow.class)
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .getResultStream()
                .findFirst();
    }

    /** The versions after one, oldest first. */
    public List<VersionRow> after(UUID reportKey, int version, int limit) {
        return database.createQuery(
                        "select v from VersionRow v where v.key.reportKey = :report and v.key.version > :version"
                                + " order by v.key.version",
                        VersionRow.class)
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The last settled version before one that nobody had signed. */
    public Optional<Integer> settledBefore(UUID reportKey, int version) {
        return Optional.ofNullable(database.createQuery(
                        "select max(v.key.version) from VersionRow v where v.key.reportKey = :report and v.settled"
                                + " and v.status in ('DRAFT', 'REVIEWED')"
                                + " and v.key.version < :version",
                        Integer.class)
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .getSingleResult());
    }

    /**
     * The version, not after one, that tells a finding first of those that are settled, have the same context and were not signed; the
     * one itself if there is no other.
     */
    public int firstWith(UUID reportKey, int version, UUID findingId) {
        Number first = (Number) database.createNativeQuery("select coalesce(min(f.version), :version)"
                        + " from report_versions f join report_versions v on v.report_key = f.report_key"
                        + " where v.report_key = :report and v.version = :version and f.version <= v.version and f.settled"
                        + " and f.status in ('DRAFT', 'REVIEWED')"
                        + " and f.draft ->> 'contextDigest' is not distinct from v.draft ->> 'contextDigest'"
                        + " and position(cast(:finding as text) in cast(f.draft as text)) > 0")
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .setParameter("finding", findingId.toString())
                .getSingleResult();
        return first.intValue();
    }

    /** Every version of a report, oldest first. */
    public List<VersionRow> versions(UUID reportKey) {
        return database.createQuery(
                        "select v from VersionRow v where v.key.reportKey = :report order by v.key.version",
                        VersionRow.class)
                .setParameter("report", reportKey)
                .getResultList();
    }

    /**
     * @param draft           JSON without identity
     * @param contextId       null while the context is not known
     * @param quotedContextId null where the words quote the same
     */
    public record NewVersion(
            ReportState next,
            long sequence,
            int revision,
            UUID planId,
            Priority priority,
            ReportChanged.Status status,
            String digest,
            String draft,
            Long contextId,
            Long quotedContextId,
            int proposals,
            int discrepancies,
            Instant at) {}
}
