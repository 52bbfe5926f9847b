package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.EventJson;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.PartClass;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.PartStore;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.Preparation.Box;
import io.prelim.inference.model.Preparation.Orientation;
import io.prelim.inference.model.Preparation.Spacing;
import io.prelim.inference.model.Preparation.Towards;
import io.prelim.inference.model.Preparation.Volumetric;
import io.prelim.inference.segment.NiftiMask;
import io.prelim.inference.segment.VoxelGrid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks on the slices as acquired, against references that numpy made by positions in the patient, and as nibabel reads them. */
class MaskReferenceTest {
    private static final Path FOLDER = Path.of("src", "test", "masks");
    private static final String PYTHON = "/usr/bin/python3";
    private static final int LABEL = 2;

    @TempDir
    Path folder;

    static Stream<String> names() throws IOException {
        return StreamSupport.stream(index().spliterator(), false)
                .map(each -> each.get("name").asText());
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachVoxelHasTheLabelOfTheNearest(String name) throws Exception {
        JsonNode reference = reference(name);

        byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(mask(reference))).readAllBytes();

        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt(0)).isEqualTo(348);
        assertThat(new String(bytes, 344, 4, StandardCharsets.US_ASCII)).isEqualTo("n+1\0");
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                assertThat((double) file.getFloat(280 + 4 * (4 * row + column)))
                        .isCloseTo(reference.get("affine").get(row).get(column).asDouble(), within(1e-4));
            }
        }
        byte[] voxels = Arrays.copyOfRange(bytes, (int) file.getFloat(108), bytes.length);
        assertThat(voxels).isEqualTo(TestPackages.read(FOLDER.resolve(name + ".mask")));
        assertThat(voxels).contains(LABEL);
    }

    @ParameterizedTest
    @MethodSource("names")
    @Tag("full")
    void nibabelReadsTheSame(String name) throws Exception {
        Assumptions.assumeTrue(runs("-c", "import nibabel"), "skipped: no python3-nibabel, see deploy/peers/install");
        Path file = Files.write(folder.resolve("mask.nii.gz"), mask(reference(name)));

        assertThat(runs("make_masks.py", "check", name, file.toString())).isTrue();
    }

    private static byte[] mask(JsonNode reference) throws UnpreparedImage {
        Volumetric how = how(reference);
        VolumeStacks stacks = VolumeStacks.of(how, images(reference));
        assertThat(stacks.refusal()).isEmpty();
        VoxelGrid grid = VolumePreparation.open(how, stacks.volumes().get(0), PixelLimits.DEFAULT)
                .grid();
        byte[] labels = TestPackages.read(FOLDER.resolve(reference.get("name").asText() + ".labels"));
        assertThat(grid.boxVoxels()).isEqualTo(labels.length);
        byte[] cleared = labels.clone();
        grid.clearBeside(cleared);
        List<ImageReference> slices = stacks.volumes().get(0).images().stream()
                .map(image -> new ImageReference(image.sopInstanceUid(), "1.2.840.10008.5.1.4.1.1.4", 1))
                .toList();
        byte[] mask = NiftiMask.of(grid, slices, labels, LABEL).orElseThrow();
        assertThat(NiftiMask.of(grid, slices, cleared, LABEL))
                .as("what lies beside the images")
                .hasValue(mask);
        return mask;
    }

    /** Not in their order. */
    private static List<Image> images(JsonNode reference) {
        List<Image> images = new ArrayList<>();
        for (JsonNode position : reference.get("positions")) {
            ObjectNode attributes = EventJson.mapper()
                    .createObjectNode()
                    .put("rows", reference.get("rows").asInt())
                    .put("columns", reference.get("columns").asInt())
                    .put("samplesPerPixel", 1)
                    .put("planarConfiguration", 0)
                    .put("photometricInterpretation", "MONOCHROME2")
                    .put("bitsAllocated", 8)
                    .put("bitsStored", 8)
                    .put("highBit", 7)
                    .put("pixelRepresentation", 0)
                    .put("rescaleSlope", 1.0)
                    .put("rescaleIntercept", 0.0);
            attributes.set("imageOrientation", reference.get("imageOrientation"));
            attributes.set("pixelSpacing", reference.get("pixelSpacing"));
            attributes.set("imagePosition", position);
            byte[] pixels = new byte
                    [reference.get("rows").asInt() * reference.get("columns").asInt()];
            images.add(TestImages.image(
                    attributes, "1.2." + images.size(), PartStore.reference(PartClass.PIXELS, pixels)));
        }
        Collections.shuffle(images, new Random(3));
        return images;
    }

    private static Volumetric how(JsonNode reference) {
        JsonNode box = reference.get("box");
        return new Volumetric(
                2,
                Optional.of(reference.get("orientation"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .map(MaskReferenceTest::orientation),
                Optional.empty(),
                false,
                Optional.of(reference.get("resample"))
                        .filter(JsonNode::isArray)
                        .map(mm -> new Spacing(
                                mm.get(2).asDouble(),
                                mm.get(1).asDouble(),
                                mm.get(0).asDouble())),
                Optional.empty(),
                new Box(box.get(2).asInt(), box.get(1).asInt(), box.get(0).asInt(), 0),
                Optional.empty());
    }

    private static Orientation orientation(String letters) {
        return new Orientation(
                Towards.valueOf(letters.substring(0, 1)),
                Towards.valueOf(letters.substring(1, 2)),
                Towards.valueOf(letters.substring(2)));
    }

    private static JsonNode reference(String name) throws IOException {
        for (JsonNode each : index()) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError(name);
    }

    private static JsonNode index() throws IOException {
        return EventJson.mapper().readTree(FOLDER.resolve("index.json").toFile());
    }

    private static boolean runs(String... arguments) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }
}
