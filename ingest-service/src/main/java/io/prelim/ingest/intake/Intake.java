package io.prelim.ingest.intake;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Event;
import io.prelim.events.OrderChanged;
import io.prelim.events.OrderPlaced;
import io.prelim.events.PatientMerged;
import io.prelim.events.PatientUpdated;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.ingest.orders.ClinicalEvents;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** One method a topic; records of a channel are handled one after the other, off the poll thread. */
@ApplicationScoped
class Intake {
    private final Handling handling;
    private final Facts facts;
    private final ClinicalEvents clinical;
    private final ClinicalChecks clinicalChecks;

    Intake(Handling handling, Facts facts, ClinicalEvents clinical, ClinicalChecks clinicalChecks) {
        this.handling = handling;
        this.facts = facts;
        this.clinical = clinical;
        this.clinicalChecks = clinicalChecks;
    }

    @Incoming("orders")
    @Blocking
    void orders(ConsumerRecord<String, byte[]> consumed) {
        clinical(consumed, List.of(OrderPlaced.class, OrderChanged.class));
    }

    @Incoming("patients")
    @Blocking
    void patients(ConsumerRecord<String, byte[]> consumed) {
        clinical(consumed, List.of(PatientUpdated.class, PatientMerged.class));
    }

    private void clinical(ConsumerRecord<String, byte[]> consumed, List<Class<? extends Event>> types) {
        String named = ClinicalChecks.attribute(consumed, "ce_type");
        types.stream()
                .filter(type -> ("io.prelim." + type.getSimpleName() + ".v1").equals(named))
                .findFirst()
                .ifPresentOrElse(
                        type -> clinical(consumed, type),
                        () -> handling.park(consumed, "ce_type is none of those of the topic"));
    }

    private <T extends Event> void clinical(ConsumerRecord<String, byte[]> consumed, Class<T> type) {
        handling.handle(
                consumed,
                type,
                event -> clinicalChecks.fault(consumed, event),
                event -> clinical.accept(
                        ClinicalChecks.attribute(consumed, "ce_source"),
                        ClinicalChecks.attribute(consumed, "ce_id"),
                        event));
    }

    @Incoming("analysis-planned")
    @Blocking
    void analysisPlanned(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, AnalysisPlanned.class, Checks::analysisPlanned, facts::accept);
    }

    @Incoming("study-analyzed")
    @Blocking
    void studyAnalyzed(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, StudyAnalyzed.class, Checks::studyAnalyzed, facts::accept);
    }

    @Incoming("report-changed")
    @Blocking
    void reportChanged(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, ReportChanged.class, Checks::reportChanged, facts::accept);
    }
}
