package io.prelim.inference.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.events.EventJson;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.PartClass;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelRun;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames and volumes, as the manifest declares them. */
class DeclaredAnalysisTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Model NEVER = (values, shape) -> {
        throw new AssertionError("not run");
    };

    @TempDir
    Path folder;

    private final InMemoryParts parts = new InMemoryParts();
    private ModelPackage modelPackage;

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
                .analyze(TestStudy.of(parts, images).job(modelPackage, NOW), Duration.ZERO);

        assertThat(means).hasSize(4).doesNotHaveDuplicates();
        assertThat(outcome.findings().get(0).images())
                .containsExactly(new ImageReference(
                        images.get(0).sopInstanceUid(),
                        images.get(0).sopClassUid(),
                        4,
                        images.get(0).seriesInstanceUid()));
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
                .analyze(TestStudy.of(parts, images).job(modelPackage, NOW), Duration.ZERO);

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
                analysis(NEVER).analyze(TestStudy.of(parts, without(images, 4)).job(modelPackage, NOW), Duration.ZERO);

        assertThat(gap.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(gap.reason().code()).isEqualTo("not-a-volume");
        assertThat(gap.reason().text()).contains("gap");
        declareVolume(9);
        StudyAnalyzed few = analysis(NEVER).analyze(TestStudy.of(parts, images).job(modelPackage, NOW), Duration.ZERO);
        assertThat(few.reason().code()).isEqualTo("not-a-volume");
        assertThat(few.reason().text()).contains("No series has 9 images");
    }

    @Test
    void aSliceThatCannotBeReadFailsTheVolume() throws Exception {
        declareVolume(3);
        List<Image> images = images("volume-as-acquired-inverted");
        parts.corrupt(images.get(2).pixels(), new byte[7]);

        StudyAnalyzed outcome =
                analysis(NEVER).analyze(TestStudy.of(parts, images).job(modelPackage, NOW), Duration.ZERO);
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("unreadable-pixels");
    }

    @Test
    void aStudyOfThreeThousandSlicesIsOneVolumeInTheirOrder() throws Exception {
        int slices = 3000;
        declare(
                "NCDHW",
                "[1, 750, 8, 8]",
                "\n    - frames: { take: volume, leastSlices: 3 }"
                        + "\n    - resample: { interpolation: trilinear, depth: 4, height: 1, width: 1 }"
                        + "\n    - cropPad: { depth: 750, height: 8, width: 8 }",
                5000);
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            images.add(slice(i));
        }
        Collections.shuffle(images, new Random(5));
        List<float[]> tensors = new ArrayList<>();

        StudyAnalyzed outcome = analysis((values, shape) -> {
                    tensors.add(values);
                    return answer(1);
                })
                .analyze(TestStudy.of(parts, images).job(modelPackage, NOW), Duration.ZERO);

        assertThat(outcome.status()).as("%s", outcome.reason()).isEqualTo(Status.FINDINGS);
        assertThat(tensors).hasSize(1);
        for (int i = 1; i < 750; i++) {
            assertThat(tensors.get(0)[64 * i]).as("slice %d", i).isGreaterThan(tensors.get(0)[64 * (i - 1)]);
        }
    }

    /** Of one shade: its place. */
    private Image slice(int index) {
        ByteBuffer pixels = ByteBuffer.allocate(2 * 64).order(ByteOrder.LITTLE_ENDIAN);
        while (pixels.hasRemaining()) {
            pixels.putShort((short) index);
        }
        ObjectNode attributes = EventJson.mapper().createObjectNode();
        attributes.put("rows", 8).put("columns", 8).put("samplesPerPixel", 1).put("planarConfiguration", 0);
        attributes
                .put("photometricInterpretation", "MONOCHROME2")
                .put("bitsAllocated", 16)
                .put("bitsStored", 16);
        attributes
                .put("highBit", 15)
                .put("pixelRepresentation", 0)
                .put("rescaleSlope", 1)
                .put("rescaleIntercept", 0);
        attributes.putArray("pixelSpacing").add(1).add(1);
        attributes.putArray("imagePosition").add(0).add(0).add(index);
        attributes
                .putArray("imageOrientation")
                .add(1)
                .add(0)
                .add(0)
                .add(0)
                .add(1)
                .add(0);
        return TestImages.image(attributes, "1.2." + (index + 1), parts.put(PartClass.PIXELS, pixels.array()));
    }

    private void declareVolume(int leastSlices) throws BadPackage {
        declare(
                "NCDHW",
                "[1, 5, 11, 12]",
                "\n    - frames: { take: volume, leastSlices: " + leastSlices + " }"
                        + "\n    - cropPad: { depth: 5, height: 11, width: 12 }");
    }

    private void declare(String layout, String shape, String steps) throws BadPackage {
        declare(layout, shape, steps, 20);
    }

    private void declare(String layout, String shape, String steps, int maxImages) throws BadPackage {
        String manifest =
                TestPackages.manifest(layout, shape, steps).replace("maxImages: 2", "maxImages: " + maxImages);
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
        return new ModelRun(Map.of("logit", new float[] {logit}, "scope_distance", new float[] {0}), 1, "CPU");
    }

    private Analysis analysis(Model model) {
        return new Analysis(modelPackage, model, parts, () -> NOW);
    }
}
