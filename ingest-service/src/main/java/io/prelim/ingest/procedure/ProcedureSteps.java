package io.prelim.ingest.procedure;

import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.hint.Announcement;
import io.prelim.ingest.hint.Announcements;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/** Performed procedure steps as the database has them. A step of a study that is stored is in the study's ledger too. */
@ApplicationScoped
public class ProcedureSteps {
    private static final String CREATE = """
            insert into procedure_steps (issuer, sop_instance_uid, status, modality, calling_ae)
            values (:issuer, :uid, :status, :modality, :sender)
            on conflict do nothing
            """;
    private static final String ADD_STUDIES = """
            insert into procedure_step_studies (issuer, sop_instance_uid, study_key, study_instance_uid)
            select :issuer, :uid, study_key, study_instance_uid
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(study_key uuid, study_instance_uid text)
            """;
    private static final String ADD_SERIES = """
            insert into procedure_step_series (issuer, sop_instance_uid, series_instance_uid, images, others)
            select :issuer, :uid, series, images, others
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(series text, images bigint, others bigint)
            """;
    private static final String CHANGE = """
            update procedure_steps set status = :status, modality = coalesce(:modality, modality),
                changed_at = clock_timestamp(), ended_at = case when :ended then clock_timestamp() end
            where issuer = :issuer and sop_instance_uid = :uid
            """;
    private static final String ANNOUNCE = """
            update procedure_steps set announced = case when cast(:rows as text) is not null then
                array(select jsonb_array_elements_text(cast(:rows as jsonb))) end
            where issuer = :issuer and sop_instance_uid = :uid
            """;
    private static final String ANNOUNCED =
            "select unnest(announced) from procedure_steps where issuer = :issuer and sop_instance_uid = :uid";
    private static final String STUDIES =
            "select study_key from procedure_step_studies where issuer = :issuer and sop_instance_uid = :uid";
    /** Steps of studies that are stored, as their ledger tells of them. */
    private static final String TO_ENTER = """
            select s.study_key, p.sop_instance_uid, p.status, p.modality,
                (select count(*) from procedure_step_series e where e.issuer = p.issuer
                    and e.sop_instance_uid = p.sop_instance_uid) as series,
                (select coalesce(sum(e.images + e.others), 0) from procedure_step_series e where e.issuer = p.issuer
                    and e.sop_instance_uid = p.sop_instance_uid) as instances, p.changed_at
            from procedure_steps p
            join procedure_step_studies t on t.issuer = p.issuer and t.sop_instance_uid = p.sop_instance_uid
            join studies s on s.study_key = t.study_key
            where p.issuer = :issuer and
            """;

    /** What became of an N-SET. */
    enum Changed {
        DONE,
        /** No such step. */
        UNKNOWN,
        /** The step had ended. */
        ENDED
    }

    private record StudyJson(UUID study_key, String study_instance_uid) {}

    private record SeriesJson(String series, long images, long others) {}

    private final StatelessSession session;
    private final Announcements announcements;
    private final Ledger ledger;
    private final String issuer;
    private final int maxInstances;

    ProcedureSteps(StatelessSession session, Announcements announcements, Ledger ledger, IngestConfig config) {
        this.session = session;
        this.announcements = announcements;
        this.ledger = ledger;
        this.maxInstances = config.assembly().hints().maxInstances();
        this.issuer = config.issuer();
    }

    /** @return false when the step is there already; nothing is changed then */
    @Transactional
    boolean create(String sopInstanceUid, StepReport report, List<String> announced, String sender) {
        boolean added = session.createNativeMutationQuery(CREATE)
                        .setParameter("issuer", issuer)
                        .setParameter("uid", sopInstanceUid)
                        .setParameter("status", report.status().name())
                        .setParameter("modality", report.modality(), String.class)
                        .setParameter("sender", sender)
                        .executeUpdate()
                > 0;
        if (added) {
            write(
                    ADD_STUDIES,
                    sopInstanceUid,
                    report.studies().stream()
                            .map(study -> new StudyJson(Ids.study(issuer, study), study))
                            .toList());
            replaceSeries(sopInstanceUid, report.series());
            announce(sopInstanceUid, announced);
            enter("p.sop_instance_uid = :value", sopInstanceUid);
        }
        return added;
    }

    /** Takes on what the report has; what it leaves out stays. */
    @Transactional
    Changed change(String sopInstanceUid, StepReport report, List<String> announced) {
        List<String> known = session.createNativeQuery(
                        "select status from procedure_steps where issuer = :issuer and sop_instance_uid = :uid for update",
                        String.class)
                .setParameter("issuer", issuer)
                .setParameter("uid", sopInstanceUid)
                .getResultList();
        if (known.isEmpty()) {
            return Changed.UNKNOWN;
        }
        StepStatus before = StepStatus.valueOf(known.get(0));
        if (!before.open()) {
            return Changed.ENDED;
        }
        StepStatus after = report.status() == null ? before : report.status();
        session.createNativeMutationQuery(CHANGE)
                .setParameter("status", after.name())
                .setParameter("modality", report.modality(), String.class)
                .setParameter("ended", !after.open())
                .setParameter("issuer", issuer)
                .setParameter("uid", sopInstanceUid)
                .executeUpdate();
        if (report.series() != null) {
            replaceSeries(sopInstanceUid, report.series());
            announce(sopInstanceUid, announced);
        }
        if (after == StepStatus.COMPLETED) {
            announcements.add(completed(sopInstanceUid));
        }
        enter("p.sop_instance_uid = :value", sopInstanceUid);
        return Changed.DONE;
    }

    /** Enters into a study's ledger what was told before the study came, in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void enter(UUID studyKey) {
        enter("s.study_key = :value", studyKey);
    }

    private void enter(String which, Object value) {
        for (Object[] row : session.createNativeQuery(TO_ENTER + which, Object[].class)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("sop_instance_uid", StandardBasicTypes.STRING)
                .addScalar("status", StandardBasicTypes.STRING)
                .addScalar("modality", StandardBasicTypes.STRING)
                .addScalar("series", StandardBasicTypes.LONG)
                .addScalar("instances", StandardBasicTypes.LONG)
                .addScalar("changed_at", StandardBasicTypes.INSTANT)
                .setParameter("issuer", issuer)
                .setParameter("value", value)
                .getResultList()) {
            StepStatus status = StepStatus.valueOf((String) row[2]);
            String modality = row[3] == null ? "" : " " + row[3];
            String detail = status.open()
                    ? "procedure step" + modality + " " + status.term()
                    : "procedure step" + modality + " " + status.term() + ": series: " + row[4] + ", instances: "
                            + row[5];
            ledger.record(
                    (UUID) row[0], 0, Fact.PROCEDURE_STEP, detail, "mpps:" + row[1] + ":" + status, (Instant) row[6]);
        }
    }

    private void replaceSeries(String sopInstanceUid, List<StepReport.Series> series) {
        session.createNativeMutationQuery(
                        "delete from procedure_step_series where issuer = :issuer and sop_instance_uid = :uid")
                .setParameter("issuer", issuer)
                .setParameter("uid", sopInstanceUid)
                .executeUpdate();
        write(
                ADD_SERIES,
                sopInstanceUid,
                series.stream()
                        .map(one -> new SeriesJson(one.seriesInstanceUid(), one.images(), one.others()))
                        .toList());
    }

    /** @param instances null when they are not each named */
    private void announce(String sopInstanceUid, List<String> instances) {
        boolean kept = instances != null && instances.size() <= maxInstances;
        session.createNativeMutationQuery(ANNOUNCE)
                .setParameter("issuer", issuer)
                .setParameter("uid", sopInstanceUid)
                .setParameter(
                        "rows",
                        kept ? new String(EventJson.write(instances), StandardCharsets.UTF_8) : null,
                        String.class)
                .executeUpdate();
    }

    /** What a step that is completed announces: everything, when it named each instance. */
    private Announcement completed(String sopInstanceUid) {
        List<String> instances = of(ANNOUNCED, String.class, sopInstanceUid);
        return new Announcement(
                Announcement.Source.PROCEDURE_STEP,
                sopInstanceUid,
                of(STUDIES, UUID.class, sopInstanceUid),
                instances,
                true);
    }

    private <T> List<T> of(String query, Class<T> type, String sopInstanceUid) {
        return session.createNativeQuery(query, type)
                .setParameter("issuer", issuer)
                .setParameter("uid", sopInstanceUid)
                .getResultList();
    }

    private void write(String statement, String sopInstanceUid, List<?> rows) {
        if (!rows.isEmpty()) {
            session.createNativeMutationQuery(statement)
                    .setParameter("issuer", issuer)
                    .setParameter("uid", sopInstanceUid)
                    .setParameter("rows", new String(EventJson.write(rows), StandardCharsets.UTF_8))
                    .executeUpdate();
        }
    }
}
