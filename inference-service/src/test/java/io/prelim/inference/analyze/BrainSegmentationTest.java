package io.prelim.inference.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.EventJson;
import io.prelim.events.Finding;
import io.prelim.events.Finding.Presence;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.evidence.EvidencePart;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.ModelManifest.Form;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.model.Preparation.Volumetric;
import io.prelim.inference.prepare.VolumePreparation;
import io.prelim.inference.prepare.VolumeStacks;
import io.prelim.inference.runtime.ModelRun;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.segment.Labels;
import io.prelim.inference.segment.NiftiMask;
import io.prelim.inference.segment.VoxelGrid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real segmenter on a real volume: brainchop's small network of white and grey matter, converted here, on the T1 image that comes with
 * it, as axial slices. Volumes and masks are held against plain numpy.
 */
@Tag("full")
class BrainSegmentationTest {
    private static final System.Logger LOG = System.getLogger(BrainSegmentationTest.class.getName());
    private static final Path DATA = Path.of("..", "..", "shared", "data", "models", "brainchop");
    private static final Path SCRIPT = Path.of("src", "test", "brainchop", "convert.py");
    private static final String PYTHON = "/usr/bin/python3";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    /** Of the T1 image, which is conformed: 1 mm, axes to left, feet and front. */
    private static final int SIDE = 256;
    /** Of the box: numpy takes minutes over all of it, and the head is within. */
    private static final int BOX = Integer.getInteger("prelim.brain.box", 192);

    private static final int WHITE = 1;
    private static final int GREY = 2;

    @TempDir
    Path folder;

    private final InMemoryParts parts = new InMemoryParts();

    @BeforeEach
    void dataAndPythonAreThere() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "skipped: no models in " + DATA);
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && run("-c", "import onnx, numpy") == 0,
                "skipped: no python3-onnx and python3-numpy, see deploy/peers/install");
    }

    @Test
    void volumesAndMasksAreThoseOfNumpy() throws Exception {
        byte[] labels = labels();
        ModelPackage model = model();
        List<Image> images = slices();
        StudyAnalyzed outcome;
        List<float[]> said = new ArrayList<>();
        try (ModelSession session = ModelSession.open(model)) {
            Model kept = (values, shape) -> {
                ModelRun run = session.run(values, shape);
                said.add(run.outputs().get("labels"));
                return run;
            };
            EvidenceKeeping keeping = new EvidenceKeeping((part, deadline) -> true, result -> {});
            outcome = new Analysis(model, kept, parts, Optional.of(keeping), () -> NOW)
                    .analyze(TestStudy.of(parts, images).job(model, NOW), Duration.ZERO);
        }

        assertThat(outcome.status()).as("%s", outcome.reason()).isEqualTo(Status.FINDINGS);
        Finding white = outcome.findings().get(0);
        Finding grey = outcome.findings().get(1);
        assertThat(millilitres(white)).isCloseTo(count(labels, WHITE) / 1000.0, within(0.1));
        assertThat(millilitres(grey)).isCloseTo(count(labels, GREY) / 1000.0, within(0.1));
        // adults have so much of both
        assertThat(millilitres(white)).isBetween(350.0, 650.0);
        assertThat(millilitres(grey)).isBetween(500.0, 850.0);
        assertThat(outcome.findings()).extracting(Finding::presence).containsOnly(Presence.PRESENT);
        assertThat(white.images()).hasSize(3);
        byte[] own = Labels.of(Form.LABELS, said.get(0), labels.length).orElseThrow();
        assertThat(differing(own, labels)).isLessThan(labels.length / 10_000);
        masksAreOf(own, model, images, white, grey);
        LOG.log(System.Logger.Level.INFO, "{0}, {1}", outcome.timings(), outcome.findings());
    }

    /** Each the one part that the finding names, and its voxels those of the label, as slices, rows and columns lie in the head. */
    private static void masksAreOf(byte[] labels, ModelPackage model, List<Image> images, Finding white, Finding grey)
            throws Exception {
        Volumetric how = (Volumetric) model.manifest().input().preparation();
        VolumeStacks.Stack stack = VolumeStacks.of(how, images).volumes().get(0);
        VoxelGrid grid = VolumePreparation.open(how, stack, PixelLimits.DEFAULT).grid();
        List<Finding.ImageReference> slices = stack.images().stream()
                .map(image -> FrameAnswers.reference(image, 1))
                .toList();
        for (int label : new int[] {WHITE, GREY}) {
            Finding finding = label == WHITE ? white : grey;
            byte[] file = NiftiMask.of(grid, slices, labels, label).orElseThrow();
            assertThat(finding.evidence())
                    .isEqualTo(EvidencePart.of(finding.findingId(), NiftiMask.MEDIA_TYPE, file)
                            .reference());
            byte[] mask = new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
            byte[] voxels = Arrays.copyOfRange(mask, mask.length - SIDE * SIDE * SIDE, mask.length);
            assertThat(count(voxels, label)).isEqualTo(Math.round(1000 * millilitres(finding)));
            assertThat(differing(voxels, onSlices(labels, label))).isZero();
        }
    }

    /** The labels of the box, depth to left, height to the feet, width to the front, as slices to the head. */
    private static byte[] onSlices(byte[] labels, int label) {
        byte[] slices = new byte[SIDE * SIDE * SIDE];
        int beside = (SIDE - BOX) / 2;
        for (int x = 0; x < BOX; x++) {
            for (int y = 0; y < BOX; y++) {
                for (int z = 0; z < BOX; z++) {
                    if (labels[(x * BOX + y) * BOX + z] == label) {
                        int slice = SIDE - 1 - beside - y;
                        int row = SIDE - 1 - beside - z;
                        slices[(slice * SIDE + row) * SIDE + beside + x] = (byte) label;
                    }
                }
            }
        }
        return slices;
    }

    private static int differing(byte[] some, byte[] others) {
        assertThat(some).hasSameSizeAs(others);
        int differing = 0;
        for (int i = 0; i < some.length; i++) {
            differing += some[i] == others[i] ? 0 : 1;
        }
        return differing;
    }

    private ModelPackage model() throws Exception {
        Path onnx = folder.resolve("model.onnx");
        assertThat(run(SCRIPT.toString(), "onnx", DATA.resolve("model5_gw_ae").toString(), "" + BOX, onnx.toString()))
                .isZero();
        Files.writeString(
                folder.resolve("manifest.yaml"), """
                schema: prelim.model/1
                id: brain-tissue
                version: 1.0.0
                name: White and grey matter
                model: { file: model.onnx, sha256: %1$s }
                input:
                  name: volume
                  layout: NCDHW
                  shape: [1, %2$d, %2$d, %2$d]
                  preparation:
                    - frames: { take: volume, leastSlices: 100, orientation: AIL }
                    - resample: { interpolation: trilinear, depth: 1, height: 1, width: 1 }
                    - intensity: { kind: percentile, low: 0, high: 100 }
                    - cropPad: { depth: %2$d, height: %2$d, width: %2$d }
                outputs:
                  segmentation: { name: labels, form: labels }
                findings:
                  - id: white-matter
                    output: labels
                    label: 1
                    code: { scheme: SCT, value: "389080008", meaning: White matter }
                    measure: volume
                    present: { atLeast: 1 }
                  - id: grey-matter
                    output: labels
                    label: 2
                    code: { scheme: SCT, value: "389081007", meaning: Grey matter }
                    measure: volume
                    present: { atLeast: 1 }
                selection:
                  modality: [MR]
                  maxImages: 600
                limits: { deadlineSeconds: 600, maxPixels: 67108864 }
                """.formatted(TestPackages.sha256(Files.readAllBytes(onnx)), BOX));
        return PackageReader.read(folder);
    }

    /** What numpy says of the box's voxels, depth to left, height to the feet, width to the front. */
    private byte[] labels() throws Exception {
        Path labels = Files.createTempFile("labels", ".bin");
        try {
            assertThat(run(
                            SCRIPT.toString(),
                            "labels",
                            DATA.resolve("model5_gw_ae").toString(),
                            DATA.resolve("t1_crop.nii.gz").toString(),
                            "" + BOX,
                            labels.toString()))
                    .isZero();
            return Files.readAllBytes(labels);
        } finally {
            Files.delete(labels);
        }
    }

    /** Columns to the left, rows to the back, slices to the head; not in their order. */
    private List<Image> slices() throws IOException {
        byte[] voxels;
        try (GZIPInputStream gzip = new GZIPInputStream(Files.newInputStream(DATA.resolve("t1_crop.nii.gz")))) {
            gzip.skipNBytes(352);
            voxels = gzip.readAllBytes();
        }
        assertThat(voxels).hasSize(SIDE * SIDE * SIDE);
        List<Image> images = new ArrayList<>();
        for (int k = 0; k < SIDE; k++) {
            byte[] pixels = new byte[SIDE * SIDE];
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    pixels[row * SIDE + column] = voxels[column + SIDE * ((SIDE - 1 - k) + SIDE * (SIDE - 1 - row))];
                }
            }
            images.add(slice(k, parts.put(PartClass.PIXELS, pixels)));
        }
        Collections.shuffle(images, new Random(7));
        return images;
    }

    private static Image slice(int k, PartReference pixels) {
        ObjectNode attributes = EventJson.mapper()
                .createObjectNode()
                .put("rows", SIDE)
                .put("columns", SIDE)
                .put("samplesPerPixel", 1)
                .put("planarConfiguration", 0)
                .put("photometricInterpretation", "MONOCHROME2")
                .put("bitsAllocated", 8)
                .put("bitsStored", 8)
                .put("highBit", 7)
                .put("pixelRepresentation", 0)
                .put("rescaleSlope", 1.0)
                .put("rescaleIntercept", 0.0);
        attributes.putArray("pixelSpacing").add(1.0).add(1.0);
        attributes.putArray("imagePosition").add(-127.6).add(-121.52).add(-120.52 + k);
        attributes
                .putArray("imageOrientation")
                .add(1.0)
                .add(0.0)
                .add(0.0)
                .add(0.0)
                .add(1.0)
                .add(0.0);
        return TestStudy.withModality(TestImages.image(attributes, "1.2." + (k + 1), pixels), "MR");
    }

    private static double millilitres(Finding finding) {
        return finding.measurements().get(0).value();
    }

    private static long count(byte[] labels, int label) {
        long count = 0;
        for (byte each : labels) {
            count += each == label ? 1 : 0;
        }
        return count;
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().put("OPENBLAS_NUM_THREADS", "1");
        return process.start().waitFor();
    }
}
