package io.prelim.inference.intake;

import io.prelim.events.StudyAnalyzed;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.lane.LaneQueue;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.publish.OutcomePublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that analyse one deployment's jobs, each by an analysis of its own. */
final class JobWorkers {
    /** An outcome takes a few KiB. */
    private static final int RECENT = 2_000;

    private final RecentOutcomes recent = new RecentOutcomes(RECENT);
    private final List<Analysis> analyses;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger inHand = new AtomicInteger();
    private final LaneQueue<Job> queue;
    private final Progress progress;
    private final OutcomePublisher publisher;
    private final InferenceMetrics metrics;
    private final InstantSource clock;

    JobWorkers(
            String deployment,
            List<Analysis> analyses,
            LaneQueue<Job> queue,
            Progress progress,
            OutcomePublisher publisher,
            InferenceMetrics metrics,
            InstantSource clock) {
        this.analyses = List.copyOf(analyses);
        this.queue = queue;
        this.progress = progress;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        for (Analysis analysis : analyses) {
            threads.add(new Thread(() -> work(analysis), "work-" + deployment + "-" + threads.size()));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    boolean alive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    /** No thread works any more, and every outcome is with the broker. */
    boolean ended() {
        return threads.stream().noneMatch(Thread::isAlive) && inHand.get() == 0;
    }

    /** What has not begun is answered as retired. */
    void retire() {
        analyses.forEach(Analysis::retire);
    }

    boolean idle() {
        return inHand.get() == 0;
    }

    /** For when the bound is over: a fetch stops at once, a run when its session is closed. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    private void work(Analysis analysis) {
        try {
            for (Optional<Job> job = queue.take(); job.isPresent(); job = queue.take()) {
                work(analysis, job.get());
            }
        } catch (InterruptedException e) {
            // the drain's bound is over: what was in hand is delivered again
            Thread.currentThread().interrupt();
        }
    }

    private void work(Analysis analysis, Job job) throws InterruptedException {
        inHand.incrementAndGet();
        Optional<StudyAnalyzed> before = recent.find(job.request());
        StudyAnalyzed outcome = before.isPresent() ? before.get() : analyze(analysis, job);
        publisher.publish(outcome).thenRun(() -> answered(job, outcome, before.isPresent()));
    }

    /** The broker has it. */
    private void answered(Job job, StudyAnalyzed outcome, boolean before) {
        progress.done(job.partition(), job.offset());
        if (before) {
            metrics.repeated(outcome);
        } else {
            metrics.analyzed(outcome);
            log(outcome);
        }
        // last: once nothing is in hand, nothing is metered any more
        inHand.decrementAndGet();
    }

    private StudyAnalyzed analyze(Analysis analysis, Job job) throws InterruptedException {
        StudyAnalyzed outcome = analysis.analyze(job.request(), Duration.between(job.fetchedAt(), clock.instant()));
        recent.add(outcome);
        return outcome;
    }

    private static void log(StudyAnalyzed outcome) {
        OperatorMessage message = outcome.status() == StudyAnalyzed.Status.FAILED
                ? OperatorMessage.ANALYSIS_FAILED
                : OperatorMessage.STUDY_ANALYZED;
        message.log(
                "study", outcome.studyKey(),
                "outcome", outcome.outcomeId(),
                "deployment", outcome.model().deployment(),
                "status", outcome.status(),
                "reason", outcome.reason() == null ? "none" : outcome.reason().code());
    }
}
