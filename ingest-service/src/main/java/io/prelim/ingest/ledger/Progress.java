package io.prelim.ingest.ledger;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.ModelRole;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/**
 * What other services say of a study, in any order and any number of times: plan, answers, report; and answers that never came. Each
 * call is part of the caller's transaction. Facts about one study are entered one after the other.
 */
@ApplicationScoped
public class Progress {
    private final StatelessSession session;
    private final Ledger ledger;

    Progress(StatelessSession session, Ledger ledger) {
        this.session = session;
        this.ledger = ledger;
    }

    /** Whether the study is stored here; from here to the transaction's end nobody else enters facts about it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean enter(UUID studyKey) {
        session.createNativeQuery(
                        "select 1 from (select pg_advisory_xact_lock(hashtextextended(:study, 7))) l", Integer.class)
                .setParameter("study", studyKey.toString())
                .getSingleResult();
        return !session.createNativeQuery("select 1 from studies where study_key = :study", Integer.class)
                .setParameter("study", studyKey)
                .getResultList()
                .isEmpty();
    }

    /** It is decided who must answer. What failed for an earlier revision is tried again. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void planned(AnalysisPlanned plan) {
        int added = session.createNativeMutationQuery(
                        "insert into plans (plan_id, study_key, revision, input_digest, declined, planned_at, backfill_id)"
                                + " values (:plan, :study, :revision, :digest, :declined, :at, :backfill) on conflict do nothing")
                .setParameter("plan", plan.planId())
                .setParameter("study", plan.studyKey())
                .setParameter("revision", plan.revision())
                .setParameter("digest", plan.inputDigest())
                .setParameter("declined", plan.declined().size())
                .setParameter("at", plan.plannedAt())
                .setParameter("backfill", plan.backfill(), UUID.class)
                .executeUpdate();
        if (added == 0) {
            return;
        }
        for (AnalysisPlanned.Planned planned : plan.planned()) {
            session.createNativeMutationQuery(
                            "insert into planned_outcomes (plan_id, outcome_id, deployment, role, deadline, closed_at)"
                                    + " values (:plan, :outcome, :deployment, :role, :deadline,"
                                    + " (select answered_at from answers where outcome_id = :outcome"
                                    + " and (status <> 'FAILED' or coalesce(revision, :revision) >= :revision)))"
                                    + " on conflict do nothing")
                    .setParameter("plan", plan.planId())
                    .setParameter("outcome", planned.outcomeId())
                    .setParameter("revision", plan.revision())
                    .setParameter("deployment", planned.model().deployment())
                    .setParameter("role", planned.model().role().name())
                    .setParameter("deadline", planned.deadline())
                    .executeUpdate();
        }
        ledger.record(
                plan.studyKey(),
                plan.revision(),
                Fact.PLANNED,
                Wording.planned(plan),
                source(plan.planId()),
                plan.plannedAt());
        complete(plan.planId());
    }

    /** A model has answered. The first answer counts; a failure gives way to an answer, and to what a later revision got. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void answered(StudyAnalyzed outcome) {
        StudyAnalyzed.Timings timings = outcome.timings();
        int added = session.createNativeMutationQuery(
                        "insert into answers (outcome_id, study_key, deployment, status, reason, answered_at, revision, role,"
                                + " findings, provider, attempts, queued_ms, fetch_ms, prepare_ms, run_ms)"
                                + " values (:outcome, :study, :deployment, :status, :reason, :at, :revision, :role,"
                                + " :findings, :provider, :attempts, :queued, :fetch, :prepare, :run)"
                                + " on conflict (outcome_id) do update set status = excluded.status,"
                                + " reason = excluded.reason, answered_at = excluded.answered_at,"
                                + " revision = excluded.revision, role = excluded.role, findings = excluded.findings,"
                                + " provider = excluded.provider, attempts = excluded.attempts,"
                                + " queued_ms = excluded.queued_ms, fetch_ms = excluded.fetch_ms,"
                                + " prepare_ms = excluded.prepare_ms, run_ms = excluded.run_ms, seen_at = clock_timestamp()"
                                + " where answers.status = 'FAILED'"
                                + " and (excluded.status <> 'FAILED' or excluded.revision > answers.revision)")
                .setParameter("outcome", outcome.outcomeId())
                .setParameter("study", outcome.studyKey())
                .setParameter("deployment", outcome.model().deployment())
                .setParameter("status", outcome.status().name())
                .setParameter("reason", Wording.reason(outcome.reason()), String.class)
                .setParameter("at", outcome.analyzedAt())
                .setParameter("revision", outcome.revision())
                .setParameter("role", role(outcome), String.class)
                .setParameter("findings", outcome.findings().size())
                .setParameter("provider", outcome.provider(), String.class)
                .setParameter("attempts", outcome.attempts())
                .setParameter("queued", timings == null ? null : timings.queuedMs(), Long.class)
                .setParameter("fetch", timings == null ? null : timings.fetchMs(), Long.class)
                .setParameter("prepare", timings == null ? null : timings.prepareMs(), Long.class)
                .setParameter("run", timings == null ? null : timings.runMs(), Long.class)
                .executeUpdate();
        if (added == 0) {
            return;
        }
        List<Object[]> late = session.createNativeQuery(
                        "select p.study_key, p.revision from planned_outcomes o join plans p on p.plan_id = o.plan_id"
                                + " where o.outcome_id = :outcome and o.overdue",
                        Object[].class)
                .setParameter("outcome", outcome.outcomeId())
                .getResultList();
        for (Object[] row : late) {
            ledger.record(
                    (UUID) row[0],
                    ((Number) row[1]).intValue(),
                    Stage.ANALYZED,
                    Wording.late(outcome),
                    "outcome:" + outcome.outcomeId());
        }
        session.createNativeQuery(
                        "update planned_outcomes set closed_at = clock_timestamp() where outcome_id = :outcome"
                                + " and closed_at is null returning plan_id",
                        UUID.class)
                .setParameter("outcome", outcome.outcomeId())
                .getResultList()
                .forEach(this::complete);
    }

    /** The report of a revision has a version. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reported(UUID studyKey, ReportChanged report) {
        ledger.record(
                studyKey,
                report.revision(),
                Fact.REPORT,
                Wording.reported(report),
                "report:" + report.reportKey() + ":" + report.version(),
                report.changedAt());
        if (report.settled()) {
            ledger.record(
                    studyKey,
                    report.revision(),
                    Fact.DRAFTED,
                    "report " + report.reportKey() + " version " + report.version()
                            + (report.status() == ReportChanged.Status.RETRACTED ? ", retracted" : ""),
                    "report:" + report.reportKey(),
                    report.changedAt());
        }
    }

    /**
     * Closes answers of a study that are past their deadline, by the database's clock.
     *
     * @return the deployments that did not answer
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<String> closeOverdue(UUID studyKey) {
        List<Object[]> closed = session.createNativeQuery(
                        "update planned_outcomes o set closed_at = clock_timestamp(), overdue = true from plans p"
                                + " where p.plan_id = o.plan_id and p.study_key = :study and o.closed_at is null"
                                + " and o.deadline < clock_timestamp() returning o.plan_id, o.deployment",
                        Object[].class)
                .setParameter("study", studyKey)
                .getResultList();
        closed.stream().map(row -> (UUID) row[0]).distinct().forEach(this::complete);
        return closed.stream().map(row -> (String) row[1]).distinct().sorted().toList();
    }

    /** Studies with answers past their deadline, most overdue first. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<UUID> overdueStudies(int limit) {
        return session.createNativeQuery(
                        "select p.study_key from planned_outcomes o join plans p on p.plan_id = o.plan_id"
                                + " where o.closed_at is null and o.deadline < clock_timestamp()"
                                + " group by p.study_key order by min(o.deadline) limit :limit",
                        UUID.class)
                .setParameter("limit", limit)
                .getResultList();
    }

    /** Enters ANALYZED once every active answer of a revision's plan is in or overdue; what was added to it comes when it comes. */
    private void complete(UUID planId) {
        List<Object[]> plans = session.createNativeQuery(
                        "select p.study_key, p.revision, p.declined, (select greatest(p.planned_at,"
                                + " max(coalesce(a.answered_at, o.deadline))) from planned_outcomes o"
                                + " left join answers a on a.outcome_id = o.outcome_id"
                                + " where o.plan_id = p.plan_id and o.role = 'ACTIVE') as done_at"
                                + " from plans p where p.plan_id = :plan and p.backfill_id is null",
                        Object[].class)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("revision", StandardBasicTypes.INTEGER)
                .addScalar("declined", StandardBasicTypes.INTEGER)
                .addScalar("done_at", StandardBasicTypes.INSTANT)
                .setParameter("plan", planId)
                .getResultList();
        if (plans.isEmpty()) {
            return;
        }
        Object[] plan = plans.get(0);
        List<PlannedAnswer> answers = session
                .createNativeQuery(
                        "select o.deployment, o.role, o.closed_at is not null, a.status, a.reason"
                                + " from planned_outcomes o left join answers a on a.outcome_id = o.outcome_id"
                                + " where o.plan_id = :plan order by o.deployment, o.outcome_id",
                        Object[].class)
                .setParameter("plan", planId)
                .getResultList()
                .stream()
                .map(row -> new PlannedAnswer(
                        (String) row[0], ModelRole.valueOf((String) row[1]), (Boolean) row[2], (String) row[3], (String)
                                row[4]))
                .toList();
        if (answers.stream().allMatch(answer -> answer.closed() || answer.role() != ModelRole.ACTIVE)) {
            ledger.record(
                    (UUID) plan[0],
                    (Integer) plan[1],
                    Fact.ANALYZED,
                    Wording.analyzed(answers, (Integer) plan[2]),
                    source(planId),
                    (Instant) plan[3]);
        }
    }

    private static String role(StudyAnalyzed outcome) {
        return outcome.model().role() == null ? null : outcome.model().role().name();
    }

    private static String source(UUID planId) {
        return "plan:" + planId;
    }

    /**
     * One row of a plan.
     *
     * @param closed answered or overdue
     * @param status null when not answered
     */
    record PlannedAnswer(String deployment, ModelRole role, boolean closed, String status, String reason) {}
}
