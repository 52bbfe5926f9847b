package io.prelim.inference.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentOutcomesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final ModelReference MODEL =
            new ModelReference("model-1-0-0", "model", "1.0.0", null, DIGEST, DIGEST, ModelRole.ACTIVE, false);

    private final RecentOutcomes recent = new RecentOutcomes(2);

    @Test
    void answersAreFoundByTheirJob() {
        AnalysisRequested job = job(1);
        StudyAnalyzed outcome = outcome(job, StudyAnalyzed.Status.NOT_APPLICABLE);

        recent.add(outcome);

        assertThat(recent.find(job)).containsSame(outcome);
        assertThat(recent.find(job(1))).isEmpty();
    }

    @Test
    void failuresAreTriedAnew() {
        AnalysisRequested job = job(1);

        recent.add(outcome(job, StudyAnalyzed.Status.FAILED));

        assertThat(recent.find(job)).isEmpty();
    }

    @Test
    void anotherRevisionGetsAnAnswerOfItsOwn() {
        AnalysisRequested job = job(1);
        recent.add(outcome(job, StudyAnalyzed.Status.FINDINGS));

        assertThat(recent.find(revised(job, 2))).isEmpty();
    }

    @Test
    void theOneNotAskedForLongestGoesFirst() {
        AnalysisRequested first = job(1);
        AnalysisRequested second = job(1);
        AnalysisRequested third = job(1);
        recent.add(outcome(first, StudyAnalyzed.Status.FINDINGS));
        recent.add(outcome(second, StudyAnalyzed.Status.FINDINGS));
        assertThat(recent.find(first)).isPresent();

        recent.add(outcome(third, StudyAnalyzed.Status.FINDINGS));

        assertThat(recent.find(first)).isPresent();
        assertThat(recent.find(second)).isEmpty();
        assertThat(recent.find(third)).isPresent();
    }

    private static AnalysisRequested job(int revision) {
        return job(UUID.randomUUID(), revision);
    }

    private static AnalysisRequested revised(AnalysisRequested job, int revision) {
        return job(job.outcomeId(), revision);
    }

    private static AnalysisRequested job(UUID outcomeId, int revision) {
        return new AnalysisRequested(
                outcomeId,
                UUID.randomUUID(),
                "2.25.1",
                revision,
                DIGEST,
                MODEL,
                Priority.ROUTINE,
                new PartReference(UUID.randomUUID(), PartClass.MANIFEST, 1, DIGEST),
                List.of(),
                NOW,
                NOW.plusSeconds(60));
    }

    private static StudyAnalyzed outcome(AnalysisRequested job, StudyAnalyzed.Status status) {
        return new StudyAnalyzed(
                job.outcomeId(),
                job.studyKey(),
                job.studyInstanceUid(),
                job.revision(),
                job.inputDigest(),
                job.model(),
                status,
                List.of(),
                null,
                null,
                1,
                null,
                NOW);
    }
}
