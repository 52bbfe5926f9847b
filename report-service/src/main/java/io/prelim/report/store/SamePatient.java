package io.prelim.report.store;

import io.prelim.events.PatientContext;
import jakarta.persistence.Query;
import java.util.UUID;

/**
 * Other studies of a study's patient. Two studies are of one patient when their newest contexts say the same patient id of the same issuer
 * (of none: at the same site), and neither birth date nor sex says otherwise.
 */
final class SamePatient {
    /** Begins a query: their newest contexts, as {@code c}; the patient first, by its index, however few reports there are. */
    static final String STUDIES = """
            with of_id as materialized (
                select study_key, revision, context_id, event from contexts
                where md5(event ->> 'patientId') = md5(:patient) and event ->> 'patientId' = :patient
                    and study_key <> :study),
            c as (
                select * from of_id
                where not exists (select from contexts n where n.study_key = of_id.study_key
                        and (n.revision, n.context_id) > (of_id.revision, of_id.context_id))
                    and coalesce(event ->> 'issuer', '') = :issuer
                    and (:issuer <> '' or exists (select from studies a, studies b where a.study_key = of_id.study_key
                        and b.study_key = :study and a.event ->> 'site' = b.event ->> 'site'))
                    and (:birth = '' or coalesce(event ->> 'birthDate', :birth) = :birth)
                    and (:sex = '' or coalesce(event ->> 'sex', :sex) = :sex))
            """;

    private SamePatient() {}

    /** @param context null while not known */
    static boolean isKnown(PatientContext context) {
        return context != null && context.patientId() != null;
    }

    /** Binds what {@link #STUDIES} asks for. */
    static Query bind(Query query, UUID studyKey, PatientContext context) {
        return query.setParameter("patient", context.patientId().reveal())
                .setParameter("study", studyKey)
                .setParameter("issuer", context.issuer() == null ? "" : context.issuer())
                .setParameter(
                        "birth",
                        context.birthDate() == null ? "" : context.birthDate().reveal())
                .setParameter("sex", context.sex() == null ? "" : context.sex());
    }
}
