package io.prelim.inference.publish;

import io.prelim.events.CloudEvent;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.Topics;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.retry.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Writes outcomes, again and again until the broker has them: an outcome is never given up, its job is committed only after it. */
public final class OutcomePublisher {
    private final EventWriter writer;
    private final TopicNames topics;

    public OutcomePublisher(EventWriter writer, TopicNames topics) {
        this.writer = writer;
        this.topics = topics;
    }

    /** Completes, never exceptionally, when the outcome is with the broker. */
    public CompletableFuture<Void> publish(StudyAnalyzed outcome) {
        CompletableFuture<Void> published = new CompletableFuture<>();
        attempt(CloudEvent.of(outcome.outcomeId(), EventWriter.SERVICE, outcome.analyzedAt(), outcome), 1, published);
        return published;
    }

    private void attempt(CloudEvent event, int attempt, CompletableFuture<Void> published) {
        writer.write(topics.of(Topics.STUDY_ANALYZED), event).whenComplete((done, fault) -> {
            if (fault == null) {
                published.complete(null);
                return;
            }
            OperatorMessage.OUTCOME_WAITS.log(
                    "outcome",
                    event.id(),
                    "attempt",
                    attempt,
                    "fault",
                    fault.getClass().getSimpleName());
            Executor later = CompletableFuture.delayedExecutor(
                    Backoff.DEFAULT.after(attempt).toMillis(), TimeUnit.MILLISECONDS);
            later.execute(() -> attempt(event, attempt + 1, published));
        });
    }
}
