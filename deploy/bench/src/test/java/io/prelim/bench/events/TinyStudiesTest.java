package io.prelim.bench.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.PackageReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyStudiesTest {
    @TempDir
    private Path folder;

    @Test
    void theTinyModelIsPlannedForThemAndAnswersOnTheSimulatedDevice() throws Exception {
        Deployment deployment = new Deployment(
                PackageReader.read(TinyModel.write(Path.of("..", ".."), folder, "tiny")), false, Optional.empty());
        AnalysisRequested job = Bench.planner(deployment)
                .plan(new TinyStudies().study(3, Priority.STAT), Instant.now())
                .jobs()
                .get(0);

        StudyAnalyzed outcome = new Analysis(
                        deployment.modelPackage(),
                        new SimulatedDevice(Duration.ZERO),
                        new TinyStudies().parts(),
                        InstantSource.system())
                .analyze(job, Duration.ZERO);

        assertThat(job.priority()).isEqualTo(Priority.STAT);
        assertThat(outcome.status()).isEqualTo(StudyAnalyzed.Status.FINDINGS);
    }
}
