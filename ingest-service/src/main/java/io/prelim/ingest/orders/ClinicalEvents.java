package io.prelim.ingest.orders;

import io.prelim.events.CloudEvent;
import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Ids;
import io.prelim.events.Order;
import io.prelim.events.OrderChanged;
import io.prelim.events.OrderPlaced;
import io.prelim.events.Patient;
import io.prelim.events.PatientMerged;
import io.prelim.events.PatientUpdated;
import io.prelim.events.Topics;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.patients.Keys;
import io.prelim.ingest.patients.Patients;
import io.prelim.ingest.publish.Outbox;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Takes what integration engines tell of orders and patients: {@link OrderPlaced}, {@link OrderChanged}, {@link PatientUpdated},
 * {@link PatientMerged}. An event has its effect once, whichever way and however often it comes.
 */
@ApplicationScoped
public class ClinicalEvents {
    private static final String SOURCE = CloudEvent.source("ingest");

    private final StatelessSession session;
    private final OrderRows orders;
    private final Patients patients;
    private final StudyOrders studyOrders;
    private final Corrections corrections;
    private final Outbox outbox;
    private final Keys keys;
    private final String site;

    ClinicalEvents(
            StatelessSession session,
            OrderRows orders,
            Patients patients,
            StudyOrders studyOrders,
            Corrections corrections,
            Outbox outbox,
            Keys keys,
            IngestConfig config) {
        this.session = session;
        this.orders = orders;
        this.patients = patients;
        this.studyOrders = studyOrders;
        this.corrections = corrections;
        this.outbox = outbox;
        this.keys = keys;
        this.site = config.site();
    }

    /** An event of our own. */
    public record Told(UUID eventId, Event event, Instant occurredAt) {}

    /**
     * An event that came through Kafka.
     *
     * @param source {@code ce_source}
     * @param id     {@code ce_id}, of which a source uses each once
     * @throws io.prelim.ingest.patients.MergeRefused when it is a merge that contradicts those before it
     */
    @Transactional
    public void accept(String source, String id, Event event) {
        studyOrders.holdAlone();
        if (first(source, id)) {
            Instant now = Instant.now();
            apply(event).forEach(study -> corrections.correct(study, now));
        }
    }

    /**
     * Events that came another way, all or none of them, and are published from here.
     *
     * @throws io.prelim.ingest.patients.MergeRefused when one is a merge that contradicts those before it
     */
    @Transactional
    public void acceptAndPublish(List<Told> events) {
        studyOrders.holdAlone();
        Set<UUID> changed = new TreeSet<>();
        for (Told told : events) {
            if (first(SOURCE, told.eventId().toString())) {
                Event event = told.event();
                changed.addAll(apply(event));
                outbox.add(told.eventId(), UUID.fromString(event.key()), 0, topic(event), event, told.occurredAt());
            }
        }
        Instant now = Instant.now();
        changed.forEach(study -> corrections.correct(study, now));
    }

    private boolean first(String source, String id) {
        return session.createNativeMutationQuery(
                                "insert into events_applied (applied_id) values (:id) on conflict do nothing")
                        .setParameter("id", Ids.v5("applied", source, id))
                        .executeUpdate()
                > 0;
    }

    /** @return keys of the studies that it bears on */
    private Collection<UUID> apply(Event event) {
        if (event instanceof OrderPlaced placed) {
            put(placed.orderKey(), placed.order(), placed.occurredAt());
            return corrections.studies(placed.orderKey());
        }
        if (event instanceof OrderChanged changed) {
            put(changed.orderKey(), changed.order(), changed.occurredAt());
            return corrections.studies(changed.orderKey());
        }
        if (event instanceof PatientUpdated updated) {
            patients.put(updated.patientKey(), updated.patient());
            return studies(updated.patientKey());
        }
        if (event instanceof PatientMerged merged) {
            patients.merge(merged.patientKey(), merged.patient(), merged.priorKey(), merged.prior());
            return studies(merged.patientKey());
        }
        throw new IllegalArgumentException(event.type() + " is neither of an order nor of a patient");
    }

    private void put(UUID orderKey, Order order, Instant at) {
        Patient patient = order.patient();
        IdentityKeys identity = keys.identity().orElseThrow();
        orders.put(
                orderKey,
                order,
                identity.patient(patient.issuer(), patient.id()),
                order.site() == null ? site : order.site(),
                at);
    }

    private Collection<UUID> studies(UUID patientKey) {
        List<UUID> all = patients.keys(patientKey);
        return corrections.studies(all, orders.ofPatient(all));
    }

    private static String topic(Event event) {
        return event instanceof OrderPlaced || event instanceof OrderChanged ? Topics.ORDERS : Topics.PATIENTS;
    }

    /** What Kafka no longer holds does not come again. */
    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void forget() {
        session.createNativeMutationQuery(
                        "delete from events_applied where applied_at < clock_timestamp() - interval '30 days'")
                .executeUpdate();
    }
}
