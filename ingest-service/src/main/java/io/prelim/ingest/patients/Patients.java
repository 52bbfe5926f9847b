package io.prelim.ingest.patients;

import io.prelim.events.Patient;
import io.prelim.events.Phi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;

/** Patients and merges as the database has them. Each call is part of the caller's transaction; whoever merges does so alone. */
@ApplicationScoped
public class Patients {
    private static final String PUT = """
            insert into patients as p (patient_key, issuer, patient_id, patient_name, birth_date, sex)
            values (:key, :issuer, :id, :name, :birthDate, :sex)
            on conflict (patient_key)
            """;
    private static final String CHANGE = """
            do update set patient_name = coalesce(excluded.patient_name, p.patient_name),
                birth_date = coalesce(excluded.birth_date, p.birth_date), sex = coalesce(excluded.sex, p.sex),
                changed_at = clock_timestamp()
            """;
    /** A patient's key, what it was merged into, and so on; the last is that of the patient who goes on. */
    private static final String WAY_UP = """
            with recursive way(patient_key, step) as (
                select cast(:key as uuid), 0
                union all
                select l.into_key, w.step + 1 from patient_links l join way w on l.prior_key = w.patient_key)
            select patient_key from way order by step
            """;
    /** Every key that leads there. */
    private static final String WAYS_DOWN = """
            with recursive one(patient_key) as (
                select cast(:key as uuid)
                union
                select l.prior_key from patient_links l join one o on l.into_key = o.patient_key)
            select patient_key from one
            """;

    private final StatelessSession session;

    Patients(StatelessSession session) {
        this.session = session;
    }

    /** What is said of a patient now; what is left out stays. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void put(UUID patientKey, Patient patient) {
        write(PUT + CHANGE, patientKey, patient);
    }

    /**
     * Links two ids; the same merge again changes nothing, and merges may come in any order.
     *
     * @throws MergeRefused when the link would contradict those before it
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void merge(UUID patientKey, Patient patient, UUID priorKey, Patient prior) {
        List<UUID> goesOn = wayUp(patientKey);
        if (goesOn.contains(priorKey)) {
            throw new MergeRefused(MergeRefused.Why.CYCLE);
        }
        List<UUID> before = wayUp(priorKey);
        boolean merged = before.size() > 1;
        if (merged && !last(before).equals(last(goesOn))) {
            throw new MergeRefused(MergeRefused.Why.MERGED_ELSEWHERE);
        }
        put(patientKey, patient);
        write(PUT + "do nothing", priorKey, prior);
        if (!merged) {
            session.createNativeMutationQuery("insert into patient_links (prior_key, into_key) values (:prior, :into)")
                    .setParameter("prior", priorKey)
                    .setParameter("into", patientKey)
                    .executeUpdate();
        }
    }

    /** The key of the patient who goes on: the key itself, unless it was merged. */
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID current(UUID patientKey) {
        return last(wayUp(patientKey));
    }

    /** Every key of a patient, whichever of them is given. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<UUID> keys(UUID patientKey) {
        return session.createNativeQuery(WAYS_DOWN, UUID.class)
                .setParameter("key", current(patientKey))
                .getResultList();
    }

    private List<UUID> wayUp(UUID patientKey) {
        return session.createNativeQuery(WAY_UP, UUID.class)
                .setParameter("key", patientKey)
                .getResultList();
    }

    private static UUID last(List<UUID> way) {
        return way.get(way.size() - 1);
    }

    private void write(String statement, UUID patientKey, Patient patient) {
        MutationQuery query = session.createNativeMutationQuery(statement)
                .setParameter("key", patientKey)
                .setParameter("issuer", patient.issuer())
                .setParameter("id", patient.id().reveal())
                .setParameter("name", reveal(patient.name()), String.class)
                .setParameter("birthDate", reveal(patient.birthDate()), String.class)
                .setParameter("sex", patient.sex(), String.class);
        query.executeUpdate();
    }

    private static String reveal(Phi<String> value) {
        return value == null ? null : value.reveal();
    }
}
