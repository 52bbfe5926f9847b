package io.prelim.report.store;

import io.prelim.events.Phi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;

/** Whose a report is. */
@ApplicationScoped
public class ReportSubjects {
    private final EntityManager database;

    ReportSubjects(EntityManager database) {
        this.database = database;
    }

    /** Identified. Empty for a report that is not there. */
    public Optional<Subject> of(UUID reportKey) {
        return Rows.of(database.createNativeQuery("select site_of_report(s.report_key), s.study_instance_uid,"
                                + " c.event ->> 'patientId', c.event ->> 'issuer' from report_studies s"
                                + " left join lateral (select event from contexts where study_key = s.study_key"
                                + " order by revision desc, context_id desc limit 1) c on true"
                                + " where s.report_key = :report order by s.study_key limit 1")
                        .setParameter("report", reportKey))
                .stream()
                .map(row ->
                        new Subject((String) row[0], (String) row[1], Phi.ofNullable((String) row[2]), (String) row[3]))
                .findFirst();
    }

    /**
     * @param site      null where it is not known
     * @param patientId null where it is not known, as its issuer
     */
    public record Subject(String site, String studyInstanceUid, Phi<String> patientId, String issuer) {}
}
