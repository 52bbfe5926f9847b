package io.prelim.report.intake;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.PatientContext;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.report.desk.DraftingDesk;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The channels. */
@ApplicationScoped
class Intake {
    private final Handling handling;
    private final DraftingDesk desk;

    Intake(Handling handling, DraftingDesk desk) {
        this.handling = handling;
        this.desk = desk;
    }

    @Incoming("study-received")
    @Blocking
    void studyReceived(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, StudyReceived.class, Checks::studyReceived, desk::accept);
    }

    @Incoming("patient-context")
    @Blocking
    void patientContext(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, PatientContext.class, Checks::patientContext, desk::accept);
    }

    @Incoming("analysis-planned")
    @Blocking
    void analysisPlanned(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, AnalysisPlanned.class, Checks::analysisPlanned, desk::accept);
    }

    @Incoming("study-analyzed")
    @Blocking
    void studyAnalyzed(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, StudyAnalyzed.class, Checks::studyAnalyzed, desk::accept);
    }

    @Incoming("report-signed")
    @Blocking
    void reportSigned(ConsumerRecord<String, byte[]> consumed) {
        handling.handle(consumed, ReportSigned.class, Checks::reportSigned, desk::accept);
    }
}
