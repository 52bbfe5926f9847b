package io.prelim.ingest.intake;

import io.prelim.dicom.core.Uid;
import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Order;
import io.prelim.events.OrderChanged;
import io.prelim.events.OrderPlaced;
import io.prelim.events.Patient;
import io.prelim.events.PatientMerged;
import io.prelim.events.PatientUpdated;
import io.prelim.ingest.patients.Keys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What is relied on in events of orders and patients. Their keys must be what the secret makes of their numbers: so records of one order
 * stay in order, and nobody without the secret is heard.
 */
@ApplicationScoped
class ClinicalChecks {
    private final Optional<IdentityKeys> keys;

    ClinicalChecks(Keys keys) {
        this.keys = keys.identity();
    }

    /** A CloudEvents attribute; null when there is none. */
    static String attribute(ConsumerRecord<String, byte[]> consumed, String name) {
        Header header = consumed.headers().lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What is wrong, for the operator, without content. */
    Optional<String> fault(ConsumerRecord<String, byte[]> consumed, Event event) {
        if (attribute(consumed, "ce_source") == null || attribute(consumed, "ce_id") == null) {
            return Optional.of("ce_source or ce_id is missing");
        }
        if (keys.isEmpty()) {
            return Optional.of("prelim.identity.secret is not set");
        }
        Optional<String> fault = fault(event);
        if (fault.isEmpty() && !event.key().equals(consumed.key())) {
            return Optional.of("the record's key is not the event's");
        }
        return fault;
    }

    private Optional<String> fault(Event event) {
        if (event instanceof OrderPlaced placed) {
            return order(placed.orderKey(), placed.order(), placed.occurredAt());
        }
        if (event instanceof OrderChanged changed) {
            return order(changed.orderKey(), changed.order(), changed.occurredAt());
        }
        if (event instanceof PatientUpdated updated) {
            return patient(updated.patientKey(), updated.patient(), updated.occurredAt());
        }
        PatientMerged merged = (PatientMerged) event;
        Optional<String> fault = patient(merged.patientKey(), merged.patient(), merged.occurredAt())
                .or(() -> patient(merged.priorKey(), merged.prior(), merged.occurredAt()));
        return fault.isEmpty() && merged.patientKey().equals(merged.priorKey())
                ? Optional.of("a patient is merged into itself")
                : fault;
    }

    private Optional<String> order(UUID key, Order order, Instant at) {
        if (order == null || order.issuer() == null || order.number() == null || at == null) {
            return Optional.of("order, its issuer, both its numbers or occurredAt are missing");
        }
        if (order.priority() == null || order.status() == null || nobody(order.patient())) {
            return Optional.of("priority, status or patient are missing");
        }
        if (order.accessionNumber() != null && order.accessionIssuer() == null) {
            return Optional.of("accessionNumber has no issuer");
        }
        if (order.studyInstanceUid() != null && !Uid.isValid(order.studyInstanceUid())) {
            return Optional.of("studyInstanceUid is no UID");
        }
        return keys.orElseThrow().order(order.issuer(), order.number()).equals(key)
                ? Optional.empty()
                : Optional.of("orderKey is not that of its issuer and number");
    }

    private Optional<String> patient(UUID key, Patient patient, Instant at) {
        if (nobody(patient) || at == null) {
            return Optional.of("patient, their issuer or id, or occurredAt are missing");
        }
        return keys.orElseThrow().patient(patient.issuer(), patient.id()).equals(key)
                ? Optional.empty()
                : Optional.of("a patient's key is not that of their issuer and id");
    }

    private static boolean nobody(Patient patient) {
        return patient == null || patient.issuer() == null || patient.id() == null;
    }
}
