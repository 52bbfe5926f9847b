package io.prelim.inference.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.Finding;
import io.prelim.events.Finding.Presence;
import io.prelim.events.PartClass;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.evidence.EvidencePart;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.Png;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.sample.SyntheticRadiograph.Kind;
import io.prelim.testkit.sample.SyntheticRadiograph.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package that ships, on synthetic radiographs: from stored pixels to the finding. */
class ShippedModelTest {
    private static final Path PACKAGE = Path.of("models", "chest-pneumonia-paediatric", "package");
    private static final int WIDTH = 700;
    private static final int HEIGHT = 600;
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static ModelPackage modelPackage;
    private static ModelSession session;

    private final InMemoryParts parts = new InMemoryParts();

    @BeforeAll
    static void load() throws Exception {
        modelPackage = PackageReader.read(PACKAGE);
        session = ModelSession.open(modelPackage);
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void answersAsTheSamplesKindSays(Sample sample) throws InterruptedException {
        StudyAnalyzed outcome = analyze(sample);

        assertThat(outcome.status()).isEqualTo(Status.FINDINGS);
        Finding pneumonia = outcome.findings().get(0);
        assertThat(pneumonia.name()).isEqualTo("pneumonia");
        assertThat(pneumonia.presence())
                .isEqualTo(sample.kind() == Kind.PNEUMONIA ? Presence.PRESENT : Presence.ABSENT);
        assertThat(pneumonia.calibration()).isEqualTo("platt");
    }

    @Test
    void answersTheSameTwice() throws InterruptedException {
        Sample sample = SyntheticRadiograph.SAMPLES.get(0);

        assertThat(analyze(sample).findings().get(0).rawScore())
                .isEqualTo(analyze(sample).findings().get(0).rawScore());
    }

    @Test
    void whatIsPresentComesWithTheMapOfItsFrame() throws InterruptedException {
        List<EvidencePart> kept = new ArrayList<>();
        Sample sample = SyntheticRadiograph.SAMPLES.stream()
                .filter(each -> each.kind() == Kind.PNEUMONIA)
                .findFirst()
                .orElseThrow();
        EvidenceKeeping keeping = new EvidenceKeeping((part, deadline) -> kept.add(part), result -> {});

        StudyAnalyzed outcome = new Analysis(modelPackage, session::run, parts, Optional.of(keeping), () -> NOW)
                .analyze(job(sample), Duration.ZERO);

        assertThat(outcome.findings().get(0).evidence()).isEqualTo(kept.get(0).reference());
        Png png = Png.read(kept.get(0).bytes());
        assertThat(png.width()).isEqualTo(256);
        assertThat(png.height()).isEqualTo(219);
        assertThat(png.highest()).isGreaterThan(200);
    }

    static List<Sample> samples() {
        return SyntheticRadiograph.SAMPLES;
    }

    private StudyAnalyzed analyze(Sample sample) throws InterruptedException {
        return new Analysis(modelPackage, session::run, parts, () -> NOW).analyze(job(sample), Duration.ZERO);
    }

    private AnalysisRequested job(Sample sample) {
        TestStudy study = TestStudy.of(parts, io.prelim.events.Priority.ROUTINE, image -> radiograph(image, sample));
        Catalogue catalogue = new Catalogue(List.of(new Deployment(modelPackage, false, Optional.empty())), List.of());
        return new Planner(catalogue, Duration.ofMinutes(5))
                .plan(study.received(), NOW)
                .jobs()
                .get(0);
    }

    /** 12 bits in 16, MONOCHROME2. */
    private Image radiograph(Image image, Sample sample) {
        short[] values = SyntheticRadiograph.load().pixels(sample.kind(), sample.seed(), WIDTH, HEIGHT);
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(values);
        return TestStudy.withPicture(image, parts.put(PartClass.PIXELS, bytes.array()), WIDTH, HEIGHT, 12);
    }
}
