package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.PartClass;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.PartStore;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.model.Preparation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step that a manifest can declare, against numpy, scipy and PyTorch: {@code src/test/preparation/make_steps.py}. */
class DeclaredPreparationTest {
    private static final float TOLERANCE = 1e-4f;
    private static final Path FOLDER = TestImages.FOLDER.resolve("steps");

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        return StreamSupport.stream(TestImages.index("steps").spliterator(), false)
                .map(each -> Arguments.of(each.get("name").asText(), each));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void equalsTheReference(String name, JsonNode reference) throws Exception {
        Preparation declared = declared(reference);
        List<byte[]> pixels = pixels(name, reference);
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < pixels.size(); i++) {
            images.add(TestImages.image(
                    reference.get("images").get(i),
                    "1.2." + (i + 1),
                    PartStore.reference(PartClass.PIXELS, pixels.get(i))));
        }

        List<Tensor> tensors = declared instanceof Preparation.Volumetric how
                ? List.of(volume(how, images, pixels))
                : frames((Preparation.SingleFrame) declared, images.get(0), pixels.get(0));

        assertThat(tensors).hasSize(reference.get("tensors").asInt());
        float[] expected = TestImages.floats(FOLDER.resolve(name + ".tensor"));
        int size = expected.length / tensors.size();
        for (int i = 0; i < tensors.size(); i++) {
            assertThat(tensors.get(i).shape()).isEqualTo(declared.shape());
            assertNear(tensors.get(i).values(), Arrays.copyOfRange(expected, i * size, (i + 1) * size));
        }
    }

    private static void assertNear(float[] values, float[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(values[i] - expected[i]))
                    .as("value %d: %s for %s", i, values[i], expected[i])
                    .isLessThan(TOLERANCE);
        }
    }

    private Preparation declared(JsonNode reference) throws BadPackage {
        StringBuilder steps = new StringBuilder();
        reference.get("steps").forEach(step -> steps.append("\n    - ").append(step.asText()));
        String manifest = TestPackages.manifest(
                reference.get("layout").asText(), reference.get("shape").toString(), steps.toString());
        return PackageReader.read(TestPackages.write(folder, "brightness.onnx", manifest, null))
                .manifest()
                .input()
                .preparation();
    }

    private static List<byte[]> pixels(String name, JsonNode reference) {
        byte[] all = TestPackages.read(FOLDER.resolve(name + ".pixels"));
        List<byte[]> parts = new ArrayList<>();
        int at = 0;
        for (JsonNode image : reference.get("images")) {
            int length = image.get("bytes").asInt();
            parts.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        assertThat(at).isEqualTo(all.length);
        return parts;
    }

    private static List<Tensor> frames(Preparation.SingleFrame how, Image image, byte[] pixels) throws Exception {
        ImagePreparation frames = ImagePreparation.open(how, image, pixels, PixelLimits.DEFAULT);
        List<Tensor> tensors = new ArrayList<>();
        for (int frame : frames.frames()) {
            tensors.add(frames.tensor(frame));
        }
        return tensors;
    }

    private static Tensor volume(Preparation.Volumetric how, List<Image> images, List<byte[]> pixels) throws Exception {
        VolumeStacks stacks = VolumeStacks.of(how, images);
        assertThat(stacks.refusal()).isEmpty();
        VolumeStacks.Stack only = stacks.volumes().get(0);
        VolumePreparation volume = VolumePreparation.open(how, only, PixelLimits.DEFAULT);
        for (Image image : only.images()) {
            volume.add(pixels.get(images.indexOf(image)));
        }
        return volume.tensor();
    }
}
