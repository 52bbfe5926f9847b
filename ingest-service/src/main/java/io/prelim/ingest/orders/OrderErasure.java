package io.prelim.ingest.orders;

import io.prelim.events.Phi;
import io.prelim.ingest.patients.Keys;
import io.prelim.ingest.patients.Patients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Forgets what is known of orders and patients because of one study alone. An order that another study has to do with stays, and so does
 * one that names another patient than the study: its own study may be yet to come. A patient stays while an order or a study is of
 * any of their ids.
 */
@ApplicationScoped
public class OrderErasure {
    private static final String STUDY = """
            select s.study_instance_uid, i.patient_issuer, i.patient_id, i.accession_number,
                (select calling_ae from instances n where n.study_key = s.study_key order by received_at limit 1)
            from studies s left join study_identity i on i.study_key = s.study_key where s.study_key = :study
            """;
    private static final String ORDERS = """
            select o.order_key, o.patient_key from study_orders so join orders o on o.order_key = so.order_key
            where so.study_key = :study and so.state <> 'DIFFERS'
                and not exists (select 1 from study_orders other
                    where other.order_key = so.order_key and other.study_key <> :study)
            order by o.order_key
            """;
    private static final String NEEDED = """
            select exists (select 1 from orders o where o.patient_key in (:keys))
                or exists (select 1 from study_identity i join patients p on p.patient_id = i.patient_id
                    where p.patient_key in (:keys) and i.study_key <> :study)
            """;
    /** As the relay does, which may have them in hand. */
    private static final String LOCK_TOLD = """
            select event_id from outbox where study_key in (:keys) order by sequence for update
            """;
    /** Rows that hang on others go first; what was told of an order or a patient says who it is. */
    private static final List<String> FORGET_ORDERS = List.of(
            "delete from study_orders where order_key in (:keys)",
            "delete from orders where order_key in (:keys)",
            "delete from outbox where study_key in (:keys)");

    private static final List<String> FORGET_PATIENTS = List.of(
            "delete from patient_links where prior_key in (:keys) or into_key in (:keys)",
            "delete from patients where patient_key in (:keys)",
            "delete from outbox where study_key in (:keys)");
    private static final String FORGET_REPORTS = """
            delete from signed_reports r where (r.study_instance_uid = :uid
                    or r.further_studies @> array[cast(:uid as text)]
                    or (r.accession_issuer = :issuer and (r.accession_number = :accession
                        or r.further_accessions @> array[cast(:accession as text)])))
                and (:untaken or exists (select 1 from study_signed_reports t
                    where t.report_id = r.report_id and t.study_key = :study and t.taken_at is not null))
            """;

    private final StatelessSession session;
    private final StudyOrders studyOrders;
    private final Patients patients;
    private final Keys keys;
    private final Issuers issuers;

    OrderErasure(StatelessSession session, StudyOrders studyOrders, Patients patients, Keys keys, Issuers issuers) {
        this.session = session;
        this.studyOrders = studyOrders;
        this.patients = patients;
        this.keys = keys;
        this.issuers = issuers;
    }

    /** From here to the transaction's end nobody matches or changes orders; before anything else of the transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void hold() {
        studyOrders.holdAlone();
    }

    /**
     * Forgets, while the study's own rows are there. After {@link #hold}.
     *
     * @param untaken whether signed reports go too that report-service has not had
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void forget(UUID studyKey, boolean untaken) {
        Object[] study = session.createNativeQuery(STUDY, Object[].class)
                .setParameter("study", studyKey)
                .getSingleResult();
        String callingAe = (String) study[4];
        Set<UUID> orders = new TreeSet<>();
        Set<UUID> whose = new TreeSet<>();
        session.createNativeQuery(ORDERS, Object[].class)
                .setParameter("study", studyKey)
                .getResultList()
                .forEach(row -> {
                    orders.add((UUID) row[0]);
                    whose.add((UUID) row[1]);
                });
        Phi<String> patientId = Phi.ofNullable((String) study[2]);
        if (patientId != null) {
            String issuer = study[1] == null ? issuers.patients(callingAe) : (String) study[1];
            keys.identity().ifPresent(secret -> whose.add(secret.patient(issuer, patientId)));
        }
        List<List<UUID>> people = whose.stream().map(patients::keys).toList();
        lockTold(studyKey, orders, people);
        execute(FORGET_ORDERS, orders);
        for (List<UUID> all : people) {
            if (!needed(all, studyKey)) {
                execute(FORGET_PATIENTS, all);
            }
        }
        session.createNativeMutationQuery(FORGET_REPORTS)
                .setParameter("study", studyKey)
                .setParameter("uid", (String) study[0])
                .setParameter("issuer", issuers.accessions(callingAe))
                .setParameter("accession", (String) study[3], String.class)
                .setParameter("untaken", untaken)
                .executeUpdate();
    }

    private void lockTold(UUID studyKey, Set<UUID> orders, List<List<UUID>> people) {
        Set<UUID> told = new TreeSet<>(orders);
        told.add(studyKey);
        people.forEach(told::addAll);
        session.createNativeQuery(LOCK_TOLD, UUID.class)
                .setParameterList("keys", told)
                .getResultList();
    }

    private boolean needed(List<UUID> patientKeys, UUID studyKey) {
        return session.createNativeQuery(NEEDED, Boolean.class)
                .setParameter("keys", patientKeys)
                .setParameter("study", studyKey)
                .getSingleResult();
    }

    private void execute(List<String> statements, Collection<UUID> keys) {
        if (!keys.isEmpty()) {
            statements.forEach(statement -> session.createNativeMutationQuery(statement)
                    .setParameterList("keys", keys)
                    .executeUpdate());
        }
    }
}
