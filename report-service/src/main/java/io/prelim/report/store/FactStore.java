package io.prelim.report.store;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.EventJson;
import io.prelim.events.PatientContext;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.draft.Facts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What came in. Each fact is inserted once; a second delivery changes nothing, but for a study that became urgent and an answer that had
 * failed.
 */
@ApplicationScoped
public class FactStore {
    private final EntityManager database;
    private final EvidenceStore evidence;

    FactStore(EntityManager database, EvidenceStore evidence) {
        this.database = database;
        this.evidence = evidence;
    }

    /**
     * The first of a revision stays, unless the same input is told of as urgent since.
     *
     * @return whether it was new, or the study became urgent by it
     */
    public boolean insert(StudyReceived event) {
        boolean told = database.createNativeQuery("insert into studies as s (study_key, revision, event)"
                                + " values (:study, :revision, cast(:event as jsonb))"
                                + " on conflict (study_key, revision) do update set event = excluded.event"
                                + " where excluded.event ->> 'priority' = 'STAT' and s.event ->> 'priority' <> 'STAT'"
                                + " and s.event ->> 'inputDigest' = excluded.event ->> 'inputDigest'")
                        .setParameter("study", event.studyKey())
                        .setParameter("revision", event.revision())
                        .setParameter("event", json(event))
                        .executeUpdate()
                == 1;
        database.createNativeQuery("update report_studies set site = :site where study_key = :study"
                        + " and site is distinct from :site and not exists (select from studies s"
                        + " where s.study_key = :study and s.revision > :revision)")
                .setParameter("site", event.site())
                .setParameter("study", event.studyKey())
                .setParameter("revision", event.revision())
                .executeUpdate();
        return told;
    }

    /** @return whether it was new */
    public boolean insert(PatientContext event) {
        return database.createNativeQuery("insert into contexts (study_key, revision, digest, event)"
                                + " values (:study, :revision, :digest, cast(:event as jsonb)) on conflict do nothing")
                        .setParameter("study", event.studyKey())
                        .setParameter("revision", event.revision())
                        .setParameter("digest", contextDigest(event))
                        .setParameter("event", json(event))
                        .executeUpdate()
                == 1;
    }

    /** @return whether it was new: the first plan of an id stays */
    public boolean insert(AnalysisPlanned event) {
        return database.createNativeQuery("insert into plans (plan_id, study_key, revision, event)"
                                + " values (:plan, :study, :revision, cast(:event as jsonb)) on conflict do nothing")
                        .setParameter("plan", event.planId())
                        .setParameter("study", event.studyKey())
                        .setParameter("revision", event.revision())
                        .setParameter("event", json(event))
                        .executeUpdate()
                == 1;
    }

    /** @return whether it was new: the first answer of an id stays, but a failure gives way to an answer, and to what a later revision got */
    public boolean insert(StudyAnalyzed event) {
        int written = database.createNativeQuery("insert into outcomes as o (outcome_id, study_key, status, event)"
                        + " values (:outcome, :study, :status, cast(:event as jsonb))"
                        + " on conflict (outcome_id) do update set status = excluded.status, event = excluded.event"
                        + " where o.status = 'FAILED' and (excluded.status <> 'FAILED'"
                        + " or cast(excluded.event ->> 'revision' as int) > cast(o.event ->> 'revision' as int))")
                .setParameter("outcome", event.outcomeId())
                .setParameter("study", event.studyKey())
                .setParameter("status", event.status().name())
                .setParameter("event", json(event))
                .executeUpdate();
        if (written == 1) {
            evidence.name(event);
        }
        return written == 1;
    }

    /** @return whether it was new */
    public boolean insert(ReportSigned event) {
        return database.createNativeQuery("insert into signed_reports (signed_report_id, study_key, event)"
                                + " values (:report, :study, cast(:event as jsonb)) on conflict do nothing")
                        .setParameter("report", event.signedReportId())
                        .setParameter("study", event.studyKey())
                        .setParameter("event", json(event))
                        .executeUpdate()
                == 1;
    }

    /**
     * All that is known of a study: the plan of its highest planned revision with what was added to it, the images of that revision, the newest context, every
     * answer but what failed for an earlier revision.
     *
     * @return empty while there is no plan
     */
    public Optional<Known> load(UUID studyKey, Instant now) {
        List<Tuple> plans = rows(
                "select cast(event as text) as event from plans where study_key = :study and event ->> 'backfill' is null"
                        + " order by revision desc, received_at desc, plan_id limit 1",
                studyKey);
        if (plans.isEmpty()) {
            return Optional.empty();
        }
        AnalysisPlanned plan = withAdditions(read(plans.get(0), AnalysisPlanned.class));
        List<Tuple> studies = rows(
                "select cast(event as text) as event from studies where study_key = :study and revision = "
                        + plan.revision(),
                studyKey);
        Map<UUID, StudyAnalyzed> outcomes = new HashMap<>();
        for (Tuple row : rows("select cast(event as text) as event from outcomes where study_key = :study", studyKey)) {
            StudyAnalyzed outcome = read(row, StudyAnalyzed.class);
            // what failed for an earlier revision is tried again
            if (outcome.status() != StudyAnalyzed.Status.FAILED || outcome.revision() >= plan.revision()) {
                outcomes.put(outcome.outcomeId(), outcome);
            }
        }
        Tuple context = newest(studyKey).orElse(null);
        Facts facts = Facts.at(
                now,
                plan,
                studies.isEmpty() ? null : read(studies.get(0), StudyReceived.class),
                context == null ? null : read(context, PatientContext.class),
                context == null ? null : context.get("digest", String.class),
                outcomes,
                signed(studyKey).stream().map(ReportSigned::signedReportId).collect(Collectors.toSet()));
        return Optional.of(new Known(facts, context == null ? null : ((Number) context.get("context_id")).longValue()));
    }

    /** With what backfills have added to it. What was declined then is no news to the report. */
    private AnalysisPlanned withAdditions(AnalysisPlanned plan) {
        Map<UUID, AnalysisPlanned.Planned> planned = new LinkedHashMap<>();
        plan.planned().forEach(each -> planned.put(each.outcomeId(), each));
        for (Tuple row : rows(
                "select cast(event as text) as event from plans where study_key = :study"
                        + " and event ->> 'backfill' is not null and revision = " + plan.revision()
                        + " order by received_at, plan_id",
                plan.studyKey())) {
            AnalysisPlanned addition = read(row, AnalysisPlanned.class);
            if (plan.inputDigest() == null || plan.inputDigest().equals(addition.inputDigest())) {
                addition.planned().forEach(each -> planned.putIfAbsent(each.outcomeId(), each));
            }
        }
        return new AnalysisPlanned(
                plan.planId(),
                plan.studyKey(),
                plan.studyInstanceUid(),
                plan.revision(),
                plan.inputDigest(),
                plan.priority(),
                List.copyOf(planned.values()),
                plan.declined(),
                plan.plannedAt());
    }

    /** Identified; for rendering alone. Empty for null. */
    public Optional<PatientContext> context(Long contextId) {
        if (contextId == null) {
            return Optional.empty();
        }
        List<Tuple> rows = Rows.of(
                database.createNativeQuery(
                                "select cast(event as text) as event from contexts where context_id = :id", Tuple.class)
                        .setParameter("id", contextId),
                Tuple.class);
        return rows.stream().findFirst().map(row -> read(row, PatientContext.class));
    }

    /** Identified; for rendering alone. Empty while none is known. */
    public Optional<PatientContext> newestContext(UUID studyKey) {
        return newest(studyKey).map(row -> read(row, PatientContext.class));
    }

    private Optional<Tuple> newest(UUID studyKey) {
        return rows(
                        "select context_id, digest, cast(event as text) as event from contexts where study_key = :study"
                                + " order by revision desc, context_id desc limit 1",
                        studyKey)
                .stream()
                .findFirst();
    }

    /** Identified; for rendering alone. What was signed of a study, the latest last. */
    public List<ReportSigned> signed(UUID studyKey) {
        return rows("select cast(event as text) as event from signed_reports where study_key = :study", studyKey)
                .stream()
                .map(row -> read(row, ReportSigned.class))
                .sorted(Comparator.comparing(ReportSigned::signedAt).thenComparing(ReportSigned::signedReportId))
                .toList();
    }

    /** Of what a context says; the revision it came with does not count. */
    static String contextDigest(PatientContext event) {
        return Digests.sha256(EventJson.write(event.ofRevision(0)));
    }

    private List<Tuple> rows(String query, UUID studyKey) {
        return Rows.of(database.createNativeQuery(query, Tuple.class).setParameter("study", studyKey), Tuple.class);
    }

    private static String json(Object event) {
        return new String(EventJson.write(event), StandardCharsets.UTF_8);
    }

    private static <T> T read(Tuple row, Class<T> type) {
        try {
            return EventJson.read(row.get("event", String.class).getBytes(StandardCharsets.UTF_8), type);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("a stored fact is no " + type.getSimpleName(), e);
        }
    }

    /** @param contextId row of the facts' context; null without one */
    public record Known(Facts facts, Long contextId) {}
}
