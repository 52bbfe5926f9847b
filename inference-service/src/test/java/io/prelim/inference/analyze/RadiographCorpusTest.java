package io.prelim.inference.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.Finding.Presence;
import io.prelim.events.PartClass;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.runtime.ModelSession;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The shipped model on real radiographs at their original size: every one is answered, and most as labelled. This guards the way from
 * pixels to finding; how good the model is stands in its validation results.
 */
class RadiographCorpusTest {
    private static final Path PACKAGE = Path.of("models", "chest-pneumonia-paediatric", "package");
    private static final Path CORPUS = Path.of("..", "..", "shared", "data", "cxr", "kermany_original");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final double LEAST_AGREEMENT = 0.85;

    private final InMemoryParts parts = new InMemoryParts();

    @Test
    void answersEveryRadiographAndMostAsLabelled() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "skipped: no radiographs in " + CORPUS);
        int agreed = 0;
        List<Path> normal = files("NORMAL");
        List<Path> pneumonia = files("PNEUMONIA");
        ModelPackage modelPackage = PackageReader.read(PACKAGE);
        try (ModelSession session = ModelSession.open(modelPackage)) {
            for (Path file : normal) {
                agreed += answer(modelPackage, session, file) == Presence.ABSENT ? 1 : 0;
            }
            for (Path file : pneumonia) {
                agreed += answer(modelPackage, session, file) == Presence.PRESENT ? 1 : 0;
            }
        }

        int all = normal.size() + pneumonia.size();
        assertThat(all).isPositive();
        assertThat((double) agreed / all)
                .as("%d of %d as labelled", agreed, all)
                .isGreaterThan(LEAST_AGREEMENT);
    }

    private Presence answer(ModelPackage modelPackage, ModelSession session, Path file) throws InterruptedException {
        TestStudy study = TestStudy.of(parts, Priority.ROUTINE, image -> radiograph(image, file));
        AnalysisRequested job = new Planner(
                        new Catalogue(List.of(new Deployment(modelPackage, false, Optional.empty())), List.of()),
                        Duration.ofMinutes(5))
                .plan(study.received(), NOW)
                .jobs()
                .get(0);
        StudyAnalyzed outcome = new Analysis(modelPackage, session::run, parts, () -> NOW).analyze(job, Duration.ZERO);
        assertThat(outcome.status())
                .as("%s: %s", file.getFileName(), outcome.reason())
                .isNotEqualTo(Status.FAILED);
        // out of scope is an answer too, though not the one the label asks for
        return outcome.status() == Status.FINDINGS ? outcome.findings().get(0).presence() : Presence.UNKNOWN;
    }

    private Image radiograph(Image image, Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            Raster raster = reader.readRaster(0, null);
            int[] values = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
            byte[] pixels = new byte[values.length + (values.length & 1)];
            for (int i = 0; i < values.length; i++) {
                pixels[i] = (byte) values[i];
            }
            return TestStudy.withPicture(
                    image, parts.put(PartClass.PIXELS, pixels), raster.getWidth(), raster.getHeight(), 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String label) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(label))) {
            return files.sorted().toList();
        }
    }
}
