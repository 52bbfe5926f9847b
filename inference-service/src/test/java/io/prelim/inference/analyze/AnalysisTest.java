package io.prelim.inference.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Finding.Presence;
import io.prelim.events.PartClass;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.runtime.ModelRun;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.Quarantine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void eachFrameIsScoredAndAFindingNamesItsOwn() throws Exception {
        declare("NCHW", "[1, 17, 15]", "\n    - frames: { take: all }" + "\n    - cropPad: { width: 15, height: 17 }");
        List<Image> images = images("frames-all");
        List<Float> means = new ArrayList<>();

        StudyAnalyzed outcome = analysis((values, shape) -> {
                    means.add(mean(values));
                    // the later, the brighter it is said to be
                    return answer(means.size());
                })
                .analyze(job(TestStudy.of(parts, images), NOW), Duration.ZERO);

        assertThat(means).hasSize(4).doesNotHaveDuplicates();
        assertThat(outcome.findings().get(0).images())
                .containsExactly(new ImageReference(
                        images.get(0).sopInstanceUid(), images.get(0).sopClassUid(), 4));
    }

    @Test
    void aStackOfImagesIsScoredAsOneVolume() throws Exception {
        declareVolume(3);
        List<Image> images = images("volume-as-acquired-inverted");
        List<long[]> shapes = new ArrayList<>();

        StudyAnalyzed outcome = analysis((values, shape) -> {
                    shapes.add(shape);
                    return answer(1);
                })
                .analyze(job(TestStudy.of(parts, images), NOW), Duration.ZERO);

        assertThat(outcome.status()).as("%s", outcome.reason()).isEqualTo(Status.FINDINGS);
        assertThat(shapes).hasSize(1);
        assertThat(shapes.get(0)).containsExactly(1, 1, 5, 11, 12);
        assertThat(outcome.findings().get(0).images()).hasSize(1);
    }

    @Test
    void whatIsNoVolumeIsNotReadAsOne() throws Exception {
        declareVolume(3);
        List<Image> images = images("volume-as-acquired-inverted");

        StudyAnalyzed gap =
                analysis(session::run).analyze(job(TestStudy.of(parts, without(images, 4)), NOW), Duration.ZERO);

        assertThat(gap.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(gap.reason().code()).isEqualTo("not-a-volume");
        assertThat(gap.reason().text()).contains("gap");
        declareVolume(9);
        StudyAnalyzed few = analysis(session::run).analyze(job(TestStudy.of(parts, images), NOW), Duration.ZERO);
        assertThat(few.reason().code()).isEqualTo("not-a-volume");
        assertThat(few.reason().text()).contains("No series has 9 images");
    }

    @Test
    void aSliceThatCannotBeReadFailsTheVolume() throws Exception {
        declareVolume(3);
        List<Image> images = images("volume-as-acquired-inverted");
        parts.corrupt(images.get(2).pixels(), new byte[7]);

        assertFailed(TestStudy.of(parts, images), "unreadable-pixels");
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
        AnalysisRequested job = job(TestStudy.bright(parts), NOW.minus(Duration.ofHours(1)));

        StudyAnalyzed outcome = analysis(session::run).analyze(job, Duration.ZERO);

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("no-answer");
        assertThat(outcome.provider()).isNull();
    }

    @Test
    void aJobForOtherBytesIsNotAnsweredByThese() throws Exception {
        AnalysisRequested job = job(TestStudy.bright(parts), NOW);
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

        StudyAnalyzed outcome = broken.analyze(job(TestStudy.bright(parts), NOW), Duration.ofMillis(7));

        assertThat(outcome.reason().code()).isEqualTo("internal-error");
        assertThat(outcome.reason().text()).doesNotContain("boom");
        assertThat(outcome.timings().queuedMs()).isEqualTo(7);
    }

    @Test
    void aModelThatGivesNoNumberFails() throws Exception {
        modelPackage = PackageReader.read(
                TestPackages.write(folder, "not-a-number.onnx", TestPackages.manifest("not-a-number.onnx"), null));
        try (ModelSession nan = ModelSession.open(modelPackage)) {
            StudyAnalyzed outcome = analysis(nan::run).analyze(job(TestStudy.bright(parts), NOW), Duration.ZERO);

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
        try (ModelSession endless = ModelSession.open(modelPackage, quarantine)) {
            Analysis analysis = analysis(endless::run);
            AnalysisRequested bright = job(TestStudy.bright(parts), NOW);

            StudyAnalyzed late = analysis.analyze(bright, Duration.ZERO);
            assertThat(late.status()).isEqualTo(Status.FAILED);
            assertThat(late.reason().code()).isEqualTo("model-late");
            assertThat(late.attempts()).isEqualTo(2);

            StudyAnalyzed uniform = analysis.analyze(job(TestStudy.uniform(parts), NOW), Duration.ZERO);
            assertThat(uniform.reason().code()).isEqualTo("out-of-scope");
            assertThat(uniform.attempts()).isEqualTo(1);

            analysis.analyze(bright, Duration.ZERO);
            analysis.analyze(bright, Duration.ZERO);
            StudyAnalyzed kept = analysis.analyze(bright, Duration.ZERO);
            assertThat(kept.reason().code()).isEqualTo("model-quarantined");
            assertThat(kept.attempts()).isEqualTo(1);
        }
    }

    private void declareVolume(int leastSlices) throws BadPackage {
        declare(
                "NCDHW",
                "[1, 5, 11, 12]",
                "\n    - frames: { take: volume, leastSlices: " + leastSlices + " }"
                        + "\n    - cropPad: { depth: 5, height: 11, width: 12 }");
    }

    private void declare(String layout, String shape, String steps) throws BadPackage {
        String manifest = TestPackages.manifest(layout, shape, steps).replace("maxImages: 2", "maxImages: 20");
        modelPackage = PackageReader.read(TestPackages.write(folder, "brightness.onnx", manifest, null));
    }

    /** Those of a reference of {@code src/test/preparation/steps}. */
    private List<Image> images(String reference) {
        List<Image> images = new ArrayList<>();
        byte[] all = TestPackages.read(TestImages.FOLDER.resolve("steps").resolve(reference + ".pixels"));
        int at = 0;
        for (JsonNode each : TestImages.index("steps")) {
            if (each.get("name").asText().equals(reference)) {
                for (JsonNode image : each.get("images")) {
                    int end = at + image.get("bytes").asInt();
                    images.add(TestImages.image(
                            image,
                            "1.2." + (images.size() + 1),
                            parts.put(PartClass.PIXELS, Arrays.copyOfRange(all, at, end))));
                    at = end;
                }
            }
        }
        return images;
    }

    private static List<Image> without(List<Image> images, int index) {
        List<Image> others = new ArrayList<>(images);
        others.remove(index);
        return others;
    }

    private static float mean(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static ModelRun answer(float logit) {
        return new ModelRun(Map.of("logit", new float[] {logit}, "scope_distance", new float[] {0}), 1);
    }

    private void assertFailed(TestStudy study, String code) throws InterruptedException {
        StudyAnalyzed outcome = analyze(study);
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.reason().code()).isEqualTo(code);
    }

    private StudyAnalyzed analyze(TestStudy study) throws InterruptedException {
        return analysis(session::run).analyze(job(study, NOW), Duration.ZERO);
    }

    private Analysis analysis(Model model) {
        return new Analysis(modelPackage, model, parts, () -> NOW);
    }

    private AnalysisRequested job(TestStudy study, Instant plannedAt) {
        Catalogue catalogue = new Catalogue(List.of(new Deployment(modelPackage, false, Optional.empty())), List.of());
        return new Planner(catalogue, Duration.ofMinutes(5))
                .plan(study.received(), plannedAt)
                .jobs()
                .get(0);
    }
}
