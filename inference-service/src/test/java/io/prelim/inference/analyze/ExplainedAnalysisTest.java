package io.prelim.inference.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.Finding;
import io.prelim.events.Finding.Presence;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.evidence.EvidenceKeeping.Result;
import io.prelim.inference.evidence.EvidencePart;
import io.prelim.inference.evidence.EvidenceStore;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.Png;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelRun;
import io.prelim.inference.runtime.ModelSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From stored pixels to a finding and its map. A frame of 60 × 40 pixels has a bright square of 10 × 10, its middle at (45, 15). */
class ExplainedAnalysisTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int COLUMNS = 60;
    private static final int ROWS = 40;
    private static final String OCCLUSION = "explanation: { method: occlusion, patch: 4, stride: 2, value: 0 }\n";

    @TempDir
    Path folder;

    private final InMemoryParts parts = new InMemoryParts();
    private final List<EvidencePart> kept = new ArrayList<>();
    private final List<Result> counted = new ArrayList<>();
    private EvidenceStore store = (part, deadline) -> kept.add(part);
    private InstantSource clock = () -> NOW;
    private ModelPackage modelPackage;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            squash  | - resize: { mode: squash, interpolation: bilinear, width: 16, height: 16 }                                             | 45 | 15
            contain | - resize: { mode: contain, interpolation: bilinear, width: 16, height: 16 }:- cropPad: { width: 16, height: 16 }       | 45 | 15
            cover   | - resize: { mode: cover, interpolation: bilinear, width: 16, height: 16 }:- cropPad: { width: 16, height: 16 }         | 40 | 15
            crop    | - cropPad: { width: 16, height: 16 }                                                                                   | 30 | 18
            """)
    void occlusionPeaksOnTheBrightSquare(String name, String steps, int x, int y) throws Exception {
        String window = "\n    - window: { from: fixed, centre: 127.5, width: 255 }";
        String indented = window
                + Arrays.stream(steps.split(":-"))
                        .map(step -> "\n    " + (step.startsWith("-") ? step : "-" + step))
                        .reduce("", String::concat);
        declare(generous(TestPackages.manifest("NCHW", "[1, 16, 16]", indented)) + OCCLUSION, "brightness.onnx");

        StudyAnalyzed outcome = analyze(study(square(x, y)));

        Png png = evidence(outcome);
        assertThat(png.width()).isEqualTo(COLUMNS);
        assertThat(png.height()).isEqualTo(ROWS);
        // a square of 4 covers it from 2 pixels away: half a tensor's pixel is up to 2 of the frame
        assertThat(png.peak()[0]).isCloseTo(x, within(2.5));
        assertThat(png.peak()[1]).isCloseTo(y, within(2.5));
        assertThat(png.level(1, 38)).as("far from it").isZero();
        assertThat(counted).containsExactly(Result.STORED);
    }

    @Test
    void theNamedOutputIsTheMap() throws Exception {
        declare(mapped(), "mapped.onnx");

        StudyAnalyzed outcome = analyze(study(square(45, 15)));

        Png png = evidence(outcome);
        assertThat(png.width()).isEqualTo(COLUMNS);
        assertThat(png.peak()[0]).isCloseTo(45, within(2.0));
        assertThat(png.peak()[1]).isCloseTo(15, within(2.0));
        assertThat(outcome.findings().get(0).evidence())
                .isEqualTo(kept.get(0).reference())
                .extracting(PartReference::partClass)
                .isEqualTo(PartClass.EVIDENCE);
        assertThat(kept.get(0).mediaType()).isEqualTo("image/png");
    }

    @Test
    void theSameStudyHasTheSameMap() throws Exception {
        declare(mapped(), "mapped.onnx");
        TestStudy study = study(square(45, 15));

        assertThat(analyze(study).findings()).isEqualTo(analyze(study).findings());
    }

    @Test
    void whatIsAbsentIsNotExplained() throws Exception {
        declare(mapped().replace("intercept: 10", "intercept: -10"), "mapped.onnx");

        StudyAnalyzed outcome = analyze(study(square(45, 15)));

        assertThat(outcome.findings().get(0).presence()).isEqualTo(Presence.ABSENT);
        assertThat(outcome.findings().get(0).evidence()).isNull();
        assertThat(kept).isEmpty();
        assertThat(counted).isEmpty();
    }

    @Test
    void ofSeveralImagesTheOneTheFindingNamesIsExplained() throws Exception {
        declare(mapped(), "mapped.onnx");
        byte[] dark = new byte[COLUMNS * ROWS];
        dark[0] = (byte) 255;

        StudyAnalyzed outcome = analyze(study(square(45, 15), dark));

        assertThat(outcome.findings().get(0).images())
                .extracting(Finding.ImageReference::sopInstanceUid)
                .containsExactly("1.2.0");
        assertThat(evidence(outcome).peak()[0]).isCloseTo(45, within(2.0));
    }

    @Test
    void aMapThatHoldsNoNumberCostsNothingElse() throws Exception {
        declare(mapped(), "mapped.onnx");

        StudyAnalyzed outcome = analyze(
                study(square(45, 15)),
                (values, shape) -> new ModelRun(
                        Map.of("logit", new float[] {3}, "scope_distance", new float[] {0}, "cam", new float[] {
                            1, Float.NaN
                        }),
                        Map.of("cam", new long[] {1, 1, 1, 2}),
                        1,
                        "CPU",
                        Duration.ZERO));

        assertWithout(outcome, Result.UNMADE);
    }

    @Test
    void occlusionEndsWhenTheModelsTimeIsOver() throws Exception {
        declare(generous(TestPackages.manifest("brightness.onnx")) + OCCLUSION, "brightness.onnx");
        AtomicInteger seconds = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        clock = () -> NOW.plusSeconds(seconds.get());

        StudyAnalyzed outcome = analyze(study(square(45, 15)), (values, shape) -> {
            runs.incrementAndGet();
            seconds.addAndGet(5);
            return new ModelRun(Map.of("logit", new float[] {3}, "scope_distance", new float[] {0}), 1, "CPU");
        });

        // 30 s are claimed: the first run ends at 5 s, the last that leaves time for itself at 30 s
        assertThat(runs.get()).isBetween(5, 6);
        assertWithout(outcome, Result.UNMADE);
    }

    @Test
    void aModelThatFailsAsItIsExplainedHasAnswered() throws Exception {
        declare(generous(TestPackages.manifest("brightness.onnx")) + OCCLUSION, "brightness.onnx");
        AtomicInteger runs = new AtomicInteger();

        StudyAnalyzed outcome = analyze(study(square(45, 15)), (values, shape) -> {
            if (runs.incrementAndGet() > 3) {
                throw new IllegalStateException("boom");
            }
            return new ModelRun(Map.of("logit", new float[] {3}, "scope_distance", new float[] {0}), 1, "CPU");
        });

        assertWithout(outcome, Result.UNMADE);
    }

    @Test
    void evidenceThatCannotBeStoredIsNotNamed() throws Exception {
        declare(mapped(), "mapped.onnx");
        store = (part, deadline) -> false;
        assertWithout(analyze(study(square(45, 15))), Result.FAILED);

        counted.clear();
        store = (part, deadline) -> {
            throw new IllegalStateException("boom");
        };
        assertWithout(analyze(study(square(45, 15))), Result.FAILED);
    }

    @Test
    void withoutAStoreNothingIsExplained() throws Exception {
        declare(generous(TestPackages.manifest("brightness.onnx")) + OCCLUSION, "brightness.onnx");
        AtomicInteger runs = new AtomicInteger();
        Analysis analysis = new Analysis(
                modelPackage,
                (values, shape) -> {
                    runs.incrementAndGet();
                    return new ModelRun(Map.of("logit", new float[] {3}, "scope_distance", new float[] {0}), 1, "CPU");
                },
                parts,
                clock);

        StudyAnalyzed outcome = analysis.analyze(job(study(square(45, 15))), Duration.ZERO);

        assertThat(outcome.findings().get(0).presence()).isEqualTo(Presence.PRESENT);
        assertThat(outcome.findings().get(0).evidence()).isNull();
        assertThat(runs).hasValue(1);
    }

    private void assertWithout(StudyAnalyzed outcome, Result result) {
        assertThat(outcome.status()).isEqualTo(Status.FINDINGS);
        assertThat(outcome.findings().get(0).presence()).isEqualTo(Presence.PRESENT);
        assertThat(outcome.findings().get(0).evidence()).isNull();
        assertThat(kept).isEmpty();
        assertThat(counted).containsExactly(result);
    }

    private Png evidence(StudyAnalyzed outcome) {
        assertThat(outcome.status()).as("%s", outcome.reason()).isEqualTo(Status.FINDINGS);
        assertThat(outcome.findings().get(0).evidence()).isNotNull();
        return Png.read(kept.get(kept.size() - 1).bytes());
    }

    private StudyAnalyzed analyze(TestStudy study) throws Exception {
        try (ModelSession session = ModelSession.open(modelPackage)) {
            return analyze(study, session::run);
        }
    }

    private StudyAnalyzed analyze(TestStudy study, Model model) throws InterruptedException {
        Optional<EvidenceKeeping> keeping =
                Optional.of(new EvidenceKeeping((part, deadline) -> store.store(part, deadline), counted::add));
        return new Analysis(modelPackage, model, parts, keeping, clock).analyze(job(study), Duration.ZERO);
    }

    private AnalysisRequested job(TestStudy study) {
        return study.job(modelPackage, NOW);
    }

    private TestStudy study(byte[]... frames) {
        List<Image> images = new ArrayList<>();
        for (byte[] frame : frames) {
            PartReference pixels = parts.put(PartClass.PIXELS, frame);
            Image image = TestStudy.image("1.2." + images.size(), pixels);
            images.add(TestStudy.withPicture(image, pixels, COLUMNS, ROWS, 8));
        }
        return TestStudy.of(parts, images);
    }

    private static byte[] square(int x, int y) {
        byte[] pixels = new byte[COLUMNS * ROWS];
        for (int row = y - 5; row < y + 5; row++) {
            Arrays.fill(pixels, row * COLUMNS + x - 5, row * COLUMNS + x + 5, (byte) 255);
        }
        return pixels;
    }

    private void declare(String manifest, String graph) throws Exception {
        modelPackage = PackageReader.read(TestPackages.write(folder, graph, manifest, null));
    }

    /** Little brightness is enough to be present. */
    private static String generous(String manifest) {
        return manifest.replace("intercept: 0.0", "intercept: 10");
    }

    private static String mapped() {
        return generous(TestPackages.manifest("mapped.onnx"))
                .replace("findings:", "  saliency: { name: cam }\nfindings:");
    }
}
