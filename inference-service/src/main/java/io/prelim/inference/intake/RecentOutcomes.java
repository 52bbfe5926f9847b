package io.prelim.inference.intake;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.StudyAnalyzed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The last answers of one deployment. Ingest tells of a study again until it has seen the effect; under a backlog the same job is
 * queued several times, and to run the model each time would make the backlog longer. A failure is not kept: it may have passed.
 * Thread-safe.
 */
final class RecentOutcomes {
    private final Map<UUID, StudyAnalyzed> outcomes;

    /** @param limit answers kept; the one not asked for longest goes first */
    RecentOutcomes(int limit) {
        this.outcomes = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, StudyAnalyzed> eldest) {
                return size() > limit;
            }
        };
    }

    synchronized void add(StudyAnalyzed outcome) {
        if (outcome.status() != StudyAnalyzed.Status.FAILED) {
            outcomes.put(outcome.outcomeId(), outcome);
        }
    }

    /** The answer this job had before, for the same revision of its study. */
    synchronized Optional<StudyAnalyzed> find(AnalysisRequested job) {
        return Optional.ofNullable(outcomes.get(job.outcomeId()))
                .filter(outcome -> outcome.revision() == job.revision());
    }
}
