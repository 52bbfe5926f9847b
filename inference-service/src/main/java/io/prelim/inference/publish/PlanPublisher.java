package io.prelim.inference.publish;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.CloudEvent;
import io.prelim.events.Topics;
import io.prelim.inference.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes a plan: its jobs and what was decided. */
public final class PlanPublisher {
    private final EventWriter writer;
    private final TopicNames topics;

    public PlanPublisher(EventWriter writer, TopicNames topics) {
        this.writer = writer;
        this.topics = topics;
    }

    /** Completes when plan and jobs are with the broker. */
    public CompletableFuture<Void> publish(Plan plan) {
        AnalysisPlanned planned = plan.planned();
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (AnalysisRequested job : plan.jobs()) {
            writes.add(writer.write(
                    topics.of(Topics.analysisRequested(job.model().deployment(), job.priority())),
                    CloudEvent.of(job.outcomeId(), EventWriter.SERVICE, job.plannedAt(), job)));
        }
        writes.add(writer.write(
                topics.of(Topics.ANALYSIS_PLANNED),
                CloudEvent.of(planned.planId(), EventWriter.SERVICE, planned.plannedAt(), planned)));
        return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
    }
}
