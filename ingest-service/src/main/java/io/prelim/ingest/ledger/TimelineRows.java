package io.prelim.ingest.ledger;

import io.prelim.events.ModelRole;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.StandardBasicTypes;

/** What the database knows of a study's way: the ledger, and what stands in tables of its own. */
@ApplicationScoped
class TimelineRows {
    /** Each with when it was, when that was seen, and whose it is; answers tell more. */
    private static final String ENTRIES = """
            with happened as (
                select coalesce(told_at, at) as at, case when told_at is not null and source not like 'assembly%' then at end
                    as seen_at, fact as what, revision, detail, entry_id as number, cast(null as uuid) as outcome_id
                from ledger where study_key = :study
                union all
                select answered_at, seen_at, 'OUTCOME', coalesce(revision, 0), deployment, 0, outcome_id
                from answers where study_key = :study
                union all
                select received_at, null, 'HEADER_CHANGED', 0,
                    case when identity_changed then 'another patient or study is named; ' else '' end
                        || 'instance ' || v.sop_instance_uid || ' version ' || v.header_version, 0, null
                from header_versions v where header_version > 1
                    and v.sop_instance_uid in (select i.sop_instance_uid from instances i where i.study_key = :study)
                    and v.issuer in (select i.issuer from studies i where i.study_key = :study)
                union all
                select received_at, null, 'KEPT_ASIDE', 0, 'instance ' || sop_instance_uid || ' has other pixels', 0, null
                from quarantine where study_key = :study
                union all
                select received_at, null, 'OWN_RESULT', 0, 'instance ' || sop_instance_uid, 0, null
                from instances where study_key = :study and series_instance_uid in (:own)
                    and (sop_class_uid like '1.2.840.10008.5.1.4.1.1.88.%' or sop_class_uid = '1.2.840.10008.5.1.4.1.1.66.4')
                union all
                select max(i.received_at), null, 'LAST_INSTANCE', s.revision + 1,
                    'so far; objects: ' || count(*) || ', images: ' || count(*) filter (where i.image), 0, null
                from studies s join instances i on i.study_key = s.study_key
                where s.study_key = :study and s.due_at is not null
                    and i.received_at > coalesce(s.completed_at, '-infinity')
                group by s.study_key
                union all
                select sent_at, null, 'PUBLISHED', revision, 'again; so far: ' || sends, sequence, null
                from outbox where study_key = :study and topic = :topic and sends > 1
                union all
                select removed_at, null, 'BYTES_REMOVED', 0, 'no byte of it is on disk', 0, null
                from erasures where study_key = :study and removed_at is not null
            )
            select h.at, h.seen_at, h.what, h.revision, h.detail, h.number, count(*) over () as found,
                h.outcome_id, a.role, a.status, a.reason, a.findings, a.provider, a.attempts, a.queued_ms, a.fetch_ms,
                a.prepare_ms, a.run_ms
            from happened h left join answers a on a.outcome_id = h.outcome_id
            order by least(h.at, h.seen_at) desc, h.number desc limit :limit
            """;

    private static final String MODELS = """
            select o.deployment, o.role, o.deadline, a.status, a.answered_at, o.overdue
            from plans p join planned_outcomes o on o.plan_id = p.plan_id
            left join answers a on a.outcome_id = o.outcome_id
            where p.study_key = :study and p.revision = :revision
            order by p.planned_at desc, o.deployment, o.outcome_id limit :limit
            """;

    private final StatelessSession session;

    TimelineRows(StatelessSession session) {
        this.session = session;
    }

    /**
     * @param entries the latest, in no order
     * @param number  of an entry, by which those of one moment are told apart
     * @param found   how many there are
     */
    record Found(List<Numbered> entries, long found) {}

    record Numbered(Timeline.Entry entry, long number) {}

    @Transactional(Transactional.TxType.MANDATORY)
    Instant now() {
        return session.createNativeQuery("select clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    Found entries(UUID studyKey, int limit) {
        NativeQuery<Object[]> query = session.createNativeQuery(ENTRIES, Object[].class)
                .addScalar("at", StandardBasicTypes.INSTANT)
                .addScalar("seen_at", StandardBasicTypes.INSTANT)
                .addScalar("what", StandardBasicTypes.STRING)
                .addScalar("revision", StandardBasicTypes.INTEGER)
                .addScalar("detail", StandardBasicTypes.STRING)
                .addScalar("number", StandardBasicTypes.LONG)
                .addScalar("found", StandardBasicTypes.LONG)
                .addScalar("outcome_id", StandardBasicTypes.UUID)
                .addScalar("role", StandardBasicTypes.STRING)
                .addScalar("status", StandardBasicTypes.STRING)
                .addScalar("reason", StandardBasicTypes.STRING)
                .addScalar("findings", StandardBasicTypes.INTEGER)
                .addScalar("provider", StandardBasicTypes.STRING)
                .addScalar("attempts", StandardBasicTypes.INTEGER)
                .addScalar("queued_ms", StandardBasicTypes.LONG)
                .addScalar("fetch_ms", StandardBasicTypes.LONG)
                .addScalar("prepare_ms", StandardBasicTypes.LONG)
                .addScalar("run_ms", StandardBasicTypes.LONG);
        List<Object[]> rows = query.setParameter("study", studyKey)
                .setParameter("topic", Topics.STUDY_RECEIVED)
                .setParameter("own", OwnResults.series(studyKey))
                .setParameter("limit", limit)
                .getResultList();
        return new Found(rows.stream().map(TimelineRows::entry).toList(), rows.isEmpty() ? 0 : (Long) rows.get(0)[6]);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    List<Timeline.Model> models(UUID studyKey, int revision, int limit) {
        return session
                .createNativeQuery(MODELS, Object[].class)
                .addScalar("deployment", StandardBasicTypes.STRING)
                .addScalar("role", StandardBasicTypes.STRING)
                .addScalar("deadline", StandardBasicTypes.INSTANT)
                .addScalar("status", StandardBasicTypes.STRING)
                .addScalar("answered_at", StandardBasicTypes.INSTANT)
                .addScalar("overdue", StandardBasicTypes.BOOLEAN)
                .setParameter("study", studyKey)
                .setParameter("revision", revision)
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(row -> new Timeline.Model(
                        (String) row[0],
                        ModelRole.valueOf((String) row[1]),
                        (Instant) row[2],
                        row[3] == null ? null : StudyAnalyzed.Status.valueOf((String) row[3]),
                        (Instant) row[4],
                        (Boolean) row[5]))
                .toList();
    }

    private static Numbered entry(Object[] row) {
        Timeline.Outcome outcome = row[7] == null ? null : outcome(row);
        String detail = outcome == null ? (String) row[4] : Wording.outcome(outcome);
        return new Numbered(
                new Timeline.Entry(
                        (Instant) row[0],
                        (Instant) row[1],
                        Fact.valueOf((String) row[2]),
                        (Integer) row[3],
                        detail,
                        null,
                        outcome),
                (Long) row[5]);
    }

    private static Timeline.Outcome outcome(Object[] row) {
        StudyAnalyzed.Timings timings = row[17] == null
                ? null
                : new StudyAnalyzed.Timings((Long) row[14], (Long) row[15], (Long) row[16], (Long) row[17]);
        return new Timeline.Outcome(
                (UUID) row[7],
                (String) row[4],
                row[8] == null ? null : ModelRole.valueOf((String) row[8]),
                StudyAnalyzed.Status.valueOf((String) row[9]),
                (String) row[10],
                (Integer) row[11],
                (String) row[12],
                (Integer) row[13],
                timings);
    }
}
