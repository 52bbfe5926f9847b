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
import java.util.stream.Stream;

/** Reports and their versions. */
@ApplicationScoped
public class ReportStore {
    /** Versions {@code v} that go out as documents: settled or signed, and not taken back. */
    private static final String SENT =
            "(v.settled or v.status in ('SIGNED', 'ADDENDED', 'CORRECTED')) and v.status <> 'RETRACTED'";

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

    /** The study of a report that has a version. */
    public Optional<String> studyInstanceUid(UUID reportKey) {
        return Rows.of(
                        database.createNativeQuery("select s.study_instance_uid from report_studies s join reports r"
                                        + " on r.report_key = s.report_key where s.report_key = :report and r.version > 0"
                                        + " order by s.study_key limit 1")
                                .setParameter("report", reportKey),
                        String.class)
                .stream()
                .findFirst();
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
            report.waitingSince = row.createdAt;
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

    /** The last version before one that goes to archives as a document. */
    public Optional<Sent> sentBefore(UUID reportKey, int version) {
        return sent(reportKey, 0, version).reduce((earlier, later) -> later);
    }

    /** The version with which one that is taken back was taken back first. */
    private int retractedWith(UUID reportKey, int version) {
        return lastBefore("v.status <> 'RETRACTED'", reportKey, version) + 1;
    }

    /** The version with which what went out before one that is taken back is taken back; empty if nothing went out. */
    public Optional<Integer> takingBack(UUID reportKey, int version) {
        int first = retractedWith(reportKey, version);
        return takenBack(reportKey, first).isEmpty() ? Optional.empty() : Optional.of(first);
    }

    /** What a version takes back, the first that does: documents before it that none took back before, oldest first. */
    public List<Sent> takenBack(UUID reportKey, int version) {
        return sent(reportKey, lastBefore("v.status = 'RETRACTED'", reportKey, version), version)
                .toList();
    }

    private Stream<Sent> sent(UUID reportKey, int after, int before) {
        return database.createQuery(
                        "select v.key.version, v.status from VersionRow v where v.key.reportKey = :report and " + SENT
                                + " and v.key.version > :after and v.key.version < :before order by v.key.version",
                        Object[].class)
                .setParameter("report", reportKey)
                .setParameter("after", after)
                .setParameter("before", before)
                .getResultStream()
                .map(row -> new Sent((Integer) row[0], ReportChanged.Status.valueOf((String) row[1])));
    }

    /** 0 for none. */
    private int lastBefore(String which, UUID reportKey, int version) {
        return database.createQuery(
                        "select coalesce(max(v.key.version), 0) from VersionRow v where v.key.reportKey = :report and "
                                + which + " and v.key.version < :version",
                        Integer.class)
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .getSingleResult();
    }

    /**
     * The version, not after one, that tells a finding first of those that go to archives and have the same context; the one itself if
     * there is no other.
     */
    public int firstWith(UUID reportKey, int version, UUID findingId) {
        Number first = (Number) database.createNativeQuery(
                        "select coalesce(min(v.version), :version)"
                                + " from report_versions v join report_versions o on o.report_key = v.report_key"
                                + " where o.report_key = :report and o.version = :version and v.version <= o.version"
                                + " and " + SENT
                                + " and v.draft ->> 'contextDigest' is not distinct from o.draft ->> 'contextDigest'"
                                + " and position('\"findingId\": \"' || cast(:finding as text) || '\"' in cast(v.draft - 'held' as text)) > 0")
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

    /** A version that goes to archives as a document. */
    public record Sent(int version, ReportChanged.Status status) {}

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
