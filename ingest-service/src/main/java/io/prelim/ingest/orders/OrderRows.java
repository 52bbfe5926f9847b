package io.prelim.ingest.orders;

import io.prelim.events.Code;
import io.prelim.events.Order;
import io.prelim.events.OrderReference;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;

/** Orders as the database has them, in the caller's transaction. */
@ApplicationScoped
class OrderRows {
    private static final String PUT = """
            insert into orders as o (order_key, issuer, placer_number, filler_number, accession_issuer, accession_number,
                study_instance_uid, patient_key, patient_issuer, patient_id, patient_name, birth_date, sex,
                procedure_scheme, procedure_value, procedure_meaning, priority, indication, status, site, occurred_at)
            values (:key, :issuer, :placer, :filler, :accessionIssuer, :accession, :study, :patientKey, :patientIssuer,
                :patientId, :patientName, :birthDate, :sex, :scheme, :value, :meaning, :priority, :indication, :status,
                :site, :at)
            on conflict (order_key) do update set
                placer_number = coalesce(excluded.placer_number, o.placer_number),
                filler_number = coalesce(excluded.filler_number, o.filler_number),
                accession_issuer = coalesce(excluded.accession_issuer, o.accession_issuer),
                accession_number = coalesce(excluded.accession_number, o.accession_number),
                study_instance_uid = coalesce(excluded.study_instance_uid, o.study_instance_uid),
                patient_key = excluded.patient_key, patient_issuer = excluded.patient_issuer,
                patient_id = excluded.patient_id,
                patient_name = coalesce(excluded.patient_name, o.patient_name),
                birth_date = coalesce(excluded.birth_date, o.birth_date), sex = coalesce(excluded.sex, o.sex),
                procedure_scheme = coalesce(excluded.procedure_scheme, o.procedure_scheme),
                procedure_value = coalesce(excluded.procedure_value, o.procedure_value),
                procedure_meaning = case when excluded.procedure_value is null then o.procedure_meaning
                    else excluded.procedure_meaning end,
                priority = excluded.priority, indication = coalesce(excluded.indication, o.indication),
                status = excluded.status, site = excluded.site, occurred_at = excluded.occurred_at,
                changed_at = clock_timestamp()
            """;
    /** What ADT says of the patient is newer than what the order says. */
    private static final String RELATED = """
            select o.order_key, o.placer_number, o.filler_number, o.accession_issuer, o.accession_number, o.patient_key,
                o.patient_issuer, o.patient_id, coalesce(p.patient_name, o.patient_name),
                coalesce(p.birth_date, o.birth_date), coalesce(p.sex, o.sex), o.procedure_scheme, o.procedure_value,
                o.procedure_meaning, o.priority, o.indication
            from orders o left join patients p on p.patient_key = o.patient_key
            where o.status <> 'CANCELLED' and (o.study_instance_uid = :study
                or (o.accession_issuer = :issuer and o.accession_number = :accession))
            order by o.occurred_at desc, o.order_key
            limit 100
            """;

    /** An order that has to do with a study. */
    record Related(
            OrderReference reference, UUID patientKey, Matching.Side side, Priority priority, Phi<String> indication) {}

    private final StatelessSession session;

    OrderRows(StatelessSession session) {
        this.session = session;
    }

    /** The order as it stands; what it does not say stays as it was. */
    void put(UUID key, Order order, UUID patientKey, String site, Instant at) {
        Code procedure = order.procedure();
        MutationQuery query = session.createNativeMutationQuery(PUT)
                .setParameter("key", key)
                .setParameter("issuer", order.issuer())
                .setParameter("patientKey", patientKey)
                .setParameter("patientIssuer", order.patient().issuer())
                .setParameter("priority", order.priority().name())
                .setParameter("status", order.status().name())
                .setParameter("site", site)
                .setParameter("at", at);
        text(query, "placer", order.placerOrderNumber());
        text(query, "filler", order.fillerOrderNumber());
        text(query, "accession", order.accessionNumber());
        text(query, "patientId", order.patient().id());
        text(query, "patientName", order.patient().name());
        text(query, "birthDate", order.patient().birthDate());
        text(query, "indication", order.indication());
        query.setParameter("accessionIssuer", order.accessionIssuer(), String.class)
                .setParameter("study", order.studyInstanceUid(), String.class)
                .setParameter("sex", order.patient().sex(), String.class)
                .setParameter("scheme", procedure == null ? null : procedure.scheme(), String.class)
                .setParameter("value", procedure == null ? null : procedure.value(), String.class)
                .setParameter("meaning", procedure == null ? null : procedure.meaning(), String.class)
                .executeUpdate();
    }

    /** Orders of a patient, whichever of these keys they name. */
    List<UUID> ofPatient(List<UUID> patientKeys) {
        return session.createNativeQuery(
                        "select order_key from orders where patient_key in (:keys) order by order_key", UUID.class)
                .setParameter("keys", patientKeys)
                .getResultList();
    }

    /** Orders that name a study or its accession number and are not cancelled, the latest first. */
    List<Related> related(String studyInstanceUid, String accessionIssuer, Phi<String> accession) {
        return session
                .createNativeQuery(RELATED, Object[].class)
                .setParameter("study", studyInstanceUid)
                .setParameter("issuer", accessionIssuer)
                .setParameter("accession", accession == null ? null : accession.reveal(), String.class)
                .getResultList()
                .stream()
                .map(OrderRows::related)
                .toList();
    }

    private static Related related(Object[] row) {
        Code procedure = row[12] == null ? null : new Code((String) row[11], (String) row[12], (String) row[13]);
        return new Related(
                new OrderReference((UUID) row[0], phi(row[1]), phi(row[2]), procedure),
                (UUID) row[5],
                new Matching.Side(
                        (String) row[3], phi(row[4]), (String) row[6], phi(row[7]), phi(row[8]), phi(row[9]), (String)
                                row[10]),
                Priority.valueOf((String) row[14]),
                phi(row[15]));
    }

    private static Phi<String> phi(Object value) {
        return Phi.ofNullable((String) value);
    }

    static void text(MutationQuery query, String name, Phi<String> value) {
        query.setParameter(name, value == null ? null : value.reveal(), String.class);
    }
}
