package io.prelim.ingest.orders;

import io.prelim.events.Phi;
import io.prelim.ingest.orders.Matching.Verdict;
import io.prelim.ingest.patients.Keys;
import io.prelim.ingest.patients.Patients;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Holds a study against what else names it: an order, a signed report. */
@ApplicationScoped
class Comparison {
    private static final String STUDY = """
            select s.study_instance_uid, i.accession_number, i.patient_issuer, i.patient_id, i.patient_name, i.birth_date,
                i.sex, (select calling_ae from instances n where n.study_key = s.study_key order by received_at limit 1)
            from studies s join study_identity i on i.study_key = s.study_key where s.study_key = :study
            """;

    private final StatelessSession session;
    private final Patients patients;
    private final Keys keys;
    private final Issuers issuers;

    Comparison(StatelessSession session, Patients patients, Keys keys, Issuers issuers) {
        this.session = session;
        this.patients = patients;
        this.keys = keys;
        this.issuers = issuers;
    }

    /** What a study says of itself. */
    record Study(UUID key, String uid, Matching.Side side) {}

    /** @param merged whether both patient ids are of one patient because a merge says so */
    record Result(Verdict verdict, boolean merged) {}

    /** Empty while nothing is stored of it. */
    Optional<Study> study(UUID studyKey) {
        return session.createNativeQuery(STUDY, Object[].class).setParameter("study", studyKey).getResultList().stream()
                .findFirst()
                .map(row -> study(studyKey, row));
    }

    private Study study(UUID studyKey, Object[] row) {
        String callingAe = (String) row[7];
        String issuer = row[2] == null ? issuers.patients(callingAe) : (String) row[2];
        return new Study(
                studyKey,
                (String) row[0],
                new Matching.Side(
                        issuers.accessions(callingAe),
                        phi(row[1]),
                        issuer,
                        phi(row[3]),
                        phi(row[4]),
                        phi(row[5]),
                        (String) row[6]));
    }

    /** @param patientKey whom the other names */
    Result compare(Matching.Side other, UUID patientKey, Study study) {
        boolean merged = merged(study.side(), patientKey);
        return new Result(Matching.decide(other, study.side(), merged), merged);
    }

    private boolean merged(Matching.Side study, UUID patientKey) {
        if (study.patientId() == null || keys.identity().isEmpty()) {
            return false;
        }
        UUID studyPatient = keys.identity().get().patient(study.issuer(), study.patientId());
        return !studyPatient.equals(patientKey)
                && patients.current(studyPatient).equals(patients.current(patientKey));
    }

    private static Phi<String> phi(Object value) {
        return Phi.ofNullable((String) value);
    }
}
