package io.prelim.ingest.intake;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** One method a topic; records of a channel are handled one after the other, off the poll thread. */
@ApplicationScoped
class Intake {
    private final Handling handling;
    private final Facts facts;

    Intake(Handling handling, Facts facts) {
        this.handling = handling;
        this.facts = facts;
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
