package io.prelim.inference.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.Finding.Presence;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.Quarantine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    private final InMemoryParts parts = new InMemoryParts();
    private ModelPackage modelPackage;
    private ModelSession session;

    @BeforeEach
    void load() throws Exception {
        modelPackage = PackageReader.read(TestPackages.brightness(folder));
        session = ModelSession.open(modelPackage);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void theAnswerDependsOnThePixels() throws InterruptedException {
        StudyAnalyzed bright = analyze(TestStudy.bright(parts));
        StudyAnalyzed dark = analyze(TestStudy.dark(parts));

        assertThat(bright.status()).isEqualTo(Status.FINDINGS);
        assertThat(bright.findings().get(0).presence()).isEqualTo(Presence.PRESENT);
        assertThat(dark.findings().get(0).presence()).isEqualTo(Presence.ABSENT);
        assertThat(bright.provider()).isEqualTo("CPU");
        assertThat(bright.reason()).isNull();
    }

    @Test
    void anImageOutOfScopeIsNotScored() throws InterruptedException {
        StudyAnalyzed outcome = analyze(TestStudy.uniform(parts));

        assertThat(outcome.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(outcome.reason().code()).isEqualTo("out-of-scope");
        assertThat(outcome.findings()).isEmpty();
    }

    @Test
    void withoutPixelDataItFails() throws InterruptedException {
        assertFailed(TestStudy.of(parts, Priority.ROUTINE, TestStudy::withoutPixels), "no-pixel-data");
    }

    @Test
    void pixelsThatNothingDecodesFail() throws InterruptedException {
        TestStudy study = TestStudy.of(
                parts, Priority.ROUTINE, image -> TestStudy.withTransferSyntax(image, "1.2.840.10008.1.2.4.201"));

        assertFailed(study, "unsupported-transfer-syntax");
    }

    @Test
    void aCodeStreamThatIsNoneFails() throws InterruptedException {
        TestStudy study = TestStudy.of(
                parts, Priority.ROUTINE, image -> TestStudy.withTransferSyntax(image, "1.2.840.10008.1.2.4.70"));

        assertFailed(study, "unreadable-pixels");
    }

    @Test
    void aLengthThatDoesNotFitFails() throws InterruptedException {
        assertFailed(
                TestStudy.of(parts, Priority.ROUTINE, image -> TestStudy.withRows(image, 21)), "pixel-length-mismatch");
    }

    @Test
    void aManifestThatIsNoneFails() throws InterruptedException {
        TestStudy study = TestStudy.bright(parts);
        parts.corrupt(study.manifest(), new byte[] {'{'});

        assertFailed(study, "unreadable-manifest");
    }

    @Test
    void pastItsDeadlineItIsNotBegun() throws InterruptedException {
        AnalysisRequested job = TestStudy.bright(parts).job(modelPackage, NOW.minus(Duration.ofHours(1)));

        StudyAnalyzed outcome = analysis(session::run).analyze(job, Duration.ZERO);

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("no-answer");
        assertThat(outcome.provider()).isNull();
    }

    @Test
    void aJobForOtherBytesIsNotAnsweredByThese() throws Exception {
        AnalysisRequested job = TestStudy.bright(parts).job(modelPackage, NOW);
        Files.writeString(folder.resolve("manifest.yaml"), TestPackages.manifest("brightness.onnx") + "# changed\n");
        modelPackage = PackageReader.read(folder);

        StudyAnalyzed outcome = analysis(session::run).analyze(job, Duration.ZERO);

        assertThat(outcome.reason().code()).isEqualTo("model-retired");
        assertThat(outcome.model()).isEqualTo(job.model());
    }

    @Test
    void whateverBreaksIsAnOutcome() throws InterruptedException {
        Analysis broken = analysis((values, shape) -> {
            throw new IllegalStateException("boom");
        });

        StudyAnalyzed outcome = broken.analyze(TestStudy.bright(parts).job(modelPackage, NOW), Duration.ofMillis(7));

        assertThat(outcome.reason().code()).isEqualTo("internal-error");
        assertThat(outcome.reason().text()).doesNotContain("boom");
        assertThat(outcome.timings().queuedMs()).isEqualTo(7);
    }

    @Test
    void aModelThatGivesNoNumberFails() throws Exception {
        modelPackage = PackageReader.read(
                TestPackages.write(folder, "not-a-number.onnx", TestPackages.manifest("not-a-number.onnx"), null));
        try (ModelSession nan = ModelSession.open(modelPackage)) {
            StudyAnalyzed outcome =
                    analysis(nan::run).analyze(TestStudy.bright(parts).job(modelPackage, NOW), Duration.ZERO);

            assertThat(outcome.reason().code()).isEqualTo("output-not-finite");
        }
    }

    @Test
    void aStudyThatTheModelDoesNotEndWithFailsAndTheNextIsAnswered() throws Exception {
        modelPackage = PackageReader.read(TestPackages.write(
                folder,
                "endless.onnx",
                TestPackages.manifest("endless.onnx").replace("deadlineSeconds: 30", "deadlineSeconds: 1"),
                null));
        Quarantine quarantine = new Quarantine(TestPackages.DEPLOYMENT, 4, Duration.ofMinutes(5), () -> NOW);
        try (ModelSession endless = ModelSession.open(modelPackage, quarantine, Execution.CPU)) {
            Analysis analysis = analysis(endless::run);
            AnalysisRequested bright = TestStudy.bright(parts).job(modelPackage, NOW);

            StudyAnalyzed late = analysis.analyze(bright, Duration.ZERO);
            assertThat(late.status()).isEqualTo(Status.FAILED);
            assertThat(late.reason().code()).isEqualTo("model-late");
            assertThat(late.attempts()).isEqualTo(2);

            StudyAnalyzed uniform = analysis.analyze(TestStudy.uniform(parts).job(modelPackage, NOW), Duration.ZERO);
            assertThat(uniform.reason().code()).isEqualTo("out-of-scope");
            assertThat(uniform.attempts()).isEqualTo(1);

            analysis.analyze(bright, Duration.ZERO);
            analysis.analyze(bright, Duration.ZERO);
            StudyAnalyzed kept = analysis.analyze(bright, Duration.ZERO);
            assertThat(kept.reason().code()).isEqualTo("model-quarantined");
            assertThat(kept.attempts()).isEqualTo(1);
        }
    }

    private void assertFailed(TestStudy study, String code) throws InterruptedException {
        StudyAnalyzed outcome = analyze(study);
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.reason().code()).isEqualTo(code);
    }

    private StudyAnalyzed analyze(TestStudy study) throws InterruptedException {
        return analysis(session::run).analyze(study.job(modelPackage, NOW), Duration.ZERO);
    }

    private Analysis analysis(Model model) {
        return new Analysis(modelPackage, model, parts, () -> NOW);
    }
}
