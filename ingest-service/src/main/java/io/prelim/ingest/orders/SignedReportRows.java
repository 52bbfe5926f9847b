package io.prelim.ingest.orders;

import io.prelim.events.Patient;
import io.prelim.events.Phi;
import io.prelim.events.ReportSigned;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;
import org.hibernate.type.StandardBasicTypes;

/** Signed reports as the database has them, in the caller's transaction. */
@ApplicationScoped
class SignedReportRows {
    private static final String PUT = """
            insert into signed_reports (report_id, peer, message_type, accession_issuer, accession_number, study_instance_uid,
                patient_key, patient_issuer, patient_id, patient_name, birth_date, sex, status, signed_at, report_text, message, further_accessions,
                further_studies)
            values (:id, :peer, :type, :accessionIssuer, :accession, :study, :patientKey, :patientIssuer, :patientId,
                :patientName, :birthDate, :sex, :status, :signedAt, :text, :message, :furtherAccessions, :furtherStudies)
            on conflict (report_id) do nothing
            """;
    /** Complete, and not gone. */
    private static final String STUDIES = """
            select f.study_key from (
                select s.study_key, r.report_id, r.patient_key from signed_reports r
                join studies s on s.study_instance_uid = r.study_instance_uid
                    or s.study_instance_uid = any(r.further_studies)
                union
                select i.study_key, r.report_id, r.patient_key from signed_reports r
                join study_identity i on i.accession_number = r.accession_number
                    or i.accession_number = any(r.further_accessions)) f
            join studies s on s.study_key = f.study_key and s.revision > 0
            where exists (select 1 from instances n where n.study_key = f.study_key) and            """;

    private static final String UNTOLD = """
            select r.report_id, r.peer, r.status, r.signed_at, r.report_text, r.patient_key, r.accession_issuer,
                case when r.further_accessions @> array[cast(:accession as text)] then :accession
                    else r.accession_number end as accession_number, r.patient_issuer, r.patient_id, coalesce(p.patient_name, r.patient_name) as patient_name,
                coalesce(p.birth_date, r.birth_date) as birth_date, coalesce(p.sex, r.sex) as sex
            from signed_reports r left join patients p on p.patient_key = r.patient_key
            where r.patient_key is not null and (r.study_instance_uid = :study
                    or r.further_studies @> array[cast(:study as text)]
                    or (r.accession_issuer = :issuer and (r.accession_number = :accession
                        or r.further_accessions @> array[cast(:accession as text)])))
                and not exists (select 1 from study_signed_reports t
                    where t.report_id = r.report_id and t.study_key = :studyKey and t.state = 'MATCHED')
            order by r.signed_at, r.report_id
            limit 100
            """;
    private static final String DECIDE = """
            insert into study_signed_reports as t (study_key, report_id, state, differs)
            values (:study, :report, :state, :differs)
            on conflict (study_key, report_id) do update set state = excluded.state, differs = excluded.differs,
                decided_at = clock_timestamp()
            where t.state <> excluded.state or t.differs <> excluded.differs
            """;

    private final StatelessSession session;

    SignedReportRows(StatelessSession session) {
        this.session = session;
    }

    /** A signed report that has to do with a study. */
    record Related(
            UUID reportId,
            String sender,
            ReportSigned.Status status,
            Instant signedAt,
            Phi<String> text,
            UUID patientKey,
            Matching.Side side) {}

    /** @return whether it is new */
    boolean put(SignedReport report, UUID patientKey) {
        Patient patient = report.patient();
        MutationQuery put = session.createNativeMutationQuery(PUT)
                .setParameter("id", report.reportId())
                .setParameter("peer", report.sender())
                .setParameter("type", report.messageType())
                .setParameter(
                        "study",
                        report.studies().isEmpty() ? null : report.studies().get(0),
                        String.class)
                .setParameter(
                        "accessionIssuer",
                        report.accessions().isEmpty() ? null : report.accessionIssuer(),
                        String.class)
                .setParameter(
                        "furtherAccessions",
                        report.accessions().stream().skip(1).map(Phi::reveal).toArray(String[]::new))
                .setParameter(
                        "furtherStudies", report.studies().stream().skip(1).toArray(String[]::new))
                .setParameter("patientKey", patientKey)
                .setParameter("patientIssuer", patient.issuer())
                .setParameter("sex", patient.sex(), String.class)
                .setParameter("status", report.status().name())
                .setParameter("signedAt", report.signedAt())
                .setParameter("message", report.message());
        OrderRows.text(
                put,
                "accession",
                report.accessions().isEmpty() ? null : report.accessions().get(0));
        OrderRows.text(put, "patientId", patient.id());
        OrderRows.text(put, "patientName", patient.name());
        OrderRows.text(put, "birthDate", patient.birthDate());
        OrderRows.text(put, "text", report.text());
        return put.executeUpdate() > 0;
    }

    /** Complete studies that a report has to do with, in the order of their keys. */
    List<UUID> studies(UUID reportId) {
        return session.createNativeQuery(STUDIES + " f.report_id = :report order by 1", UUID.class)
                .setParameter("report", reportId)
                .getResultList();
    }

    /** The same of a patient's reports, whichever of these keys they name. */
    List<UUID> studiesOfPatient(Collection<UUID> patientKeys) {
        return session.createNativeQuery(STUDIES + " f.patient_key in (:keys) group by 1 order by 1", UUID.class)
                .setParameterList("keys", patientKeys)
                .getResultList();
    }

    /** Reports that name a study or its accession number and were not told of as its, as they were signed. */
    List<Related> untold(Comparison.Study study) {
        Phi<String> accession = study.side().accessionNumber();
        return session
                .createNativeQuery(UNTOLD, Object[].class)
                .addScalar("report_id", StandardBasicTypes.UUID)
                .addScalar("peer", StandardBasicTypes.STRING)
                .addScalar("status", StandardBasicTypes.STRING)
                .addScalar("signed_at", StandardBasicTypes.INSTANT)
                .addScalar("report_text", StandardBasicTypes.STRING)
                .addScalar("patient_key", StandardBasicTypes.UUID)
                .addScalar("accession_issuer", StandardBasicTypes.STRING)
                .addScalar("accession_number", StandardBasicTypes.STRING)
                .addScalar("patient_issuer", StandardBasicTypes.STRING)
                .addScalar("patient_id", StandardBasicTypes.STRING)
                .addScalar("patient_name", StandardBasicTypes.STRING)
                .addScalar("birth_date", StandardBasicTypes.STRING)
                .addScalar("sex", StandardBasicTypes.STRING)
                .setParameter("study", study.uid())
                .setParameter("issuer", study.side().accessionIssuer())
                .setParameter("accession", accession == null ? null : accession.reveal(), String.class)
                .setParameter("studyKey", study.key())
                .getResultList()
                .stream()
                .map(SignedReportRows::related)
                .toList();
    }

    private static Related related(Object[] row) {
        return new Related(
                (UUID) row[0],
                (String) row[1],
                ReportSigned.Status.valueOf((String) row[2]),
                (Instant) row[3],
                phi(row[4]),
                (UUID) row[5],
                new Matching.Side(
                        (String) row[6], phi(row[7]), (String) row[8], phi(row[9]), phi(row[10]), phi(row[11]), (String)
                                row[12]));
    }

    /** @return whether it is decided otherwise than before, or for the first time */
    boolean decide(UUID studyKey, UUID reportId, Matching.Verdict verdict) {
        return session.createNativeMutationQuery(DECIDE)
                        .setParameter("study", studyKey)
                        .setParameter("report", reportId)
                        .setParameter("state", verdict.state().name())
                        .setParameter("differs", verdict.differing())
                        .executeUpdate()
                > 0;
    }

    /** @return whether report-service was not seen to have one of them before */
    boolean taken(UUID studyKey, Collection<UUID> reportIds) {
        return session.createNativeMutationQuery("update study_signed_reports set taken_at = clock_timestamp()"
                                + " where study_key = :study and report_id in (:reports) and taken_at is null")
                        .setParameter("study", studyKey)
                        .setParameterList("reports", reportIds)
                        .executeUpdate()
                > 0;
    }

    private static Phi<String> phi(Object value) {
        return Phi.ofNullable((String) value);
    }
}
