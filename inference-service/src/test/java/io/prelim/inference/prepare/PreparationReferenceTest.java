package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.EventJson;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.Preparation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against numpy and PyTorch: {@code src/test/preparation/make_preparation.py}, and the fixture that comes with the shipped model. */
class PreparationReferenceTest {
    private static final Path OWN = Path.of("src", "test", "preparation");
    private static final Path SHIPPED = Path.of("models", "chest-pneumonia-paediatric", "preparation-fixture");
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void equalsTheReference(String name, Image image, byte[] pixels, Preparation.SingleFrame how, float[] expected)
            throws UnpreparedImage, InterruptedException {
        Tensor tensor =
                ImagePreparation.open(how, image, pixels, PixelLimits.DEFAULT).tensor(1);

        assertThat(tensor.shape()).containsExactly(1, 1, how.height(), how.width());
        assertThat(tensor.values()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(tensor.values()[i] - expected[i]))
                    .as("value %d: %s for %s", i, tensor.values()[i], expected[i])
                    .isLessThan((float) TOLERANCE);
        }
    }

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        for (JsonNode each : index(OWN)) {
            String name = each.get("name").asText();
            int size = each.get("size").asInt();
            cases.add(arguments(
                    each,
                    each.get("planarConfiguration").asInt(),
                    each.get("photometricInterpretation").asText(),
                    each.get("highBit").asInt(),
                    each.get("pixelRepresentation").asInt(),
                    OWN.resolve(name + ".pixels"),
                    OWN.resolve(name + ".tensor"),
                    new Preparation.SingleFrame(size, size, new Preparation.Percentile(0.5, 99.5))));
        }
        for (JsonNode each : index(SHIPPED).get("cases")) {
            cases.add(arguments(
                    each,
                    each.get("planar").asBoolean() ? 1 : 0,
                    each.get("photometric").asText(),
                    each.get("bitsStored").asInt() - 1,
                    each.get("signed").asBoolean() ? 1 : 0,
                    SHIPPED.resolve(each.get("pixels").asText()),
                    SHIPPED.resolve(each.get("expected").asText()),
                    new Preparation.SingleFrame(
                            each.get("width").asInt(),
                            each.get("height").asInt(),
                            new Preparation.Percentile(
                                    each.get("percentileLow").asDouble(),
                                    each.get("percentileHigh").asDouble()))));
        }
        return cases.stream();
    }

    private static JsonNode index(Path folder) throws IOException {
        return EventJson.mapper().readTree(folder.resolve("index.json").toFile());
    }

    private static Arguments arguments(
            JsonNode attributes,
            int planar,
            String photometric,
            int highBit,
            int signed,
            Path pixelsFile,
            Path tensorFile,
            Preparation.SingleFrame how) {
        byte[] pixels = TestPackages.read(pixelsFile);
        Image image = new Image(
                "1.2",
                "1.2.840.10008.5.1.4.1.1.1.1",
                "1.3",
                "1.2.840.10008.1.2.1",
                1,
                "DX",
                null,
                null,
                null,
                null,
                false,
                attributes.get("rows").asInt(),
                attributes.get("columns").asInt(),
                1,
                attributes.get("samplesPerPixel").asInt(),
                planar,
                photometric,
                attributes.get("bitsAllocated").asInt(),
                attributes.get("bitsStored").asInt(),
                highBit,
                signed,
                null,
                null,
                attributes.get("rescaleSlope").asDouble(),
                attributes.get("rescaleIntercept").asDouble(),
                null,
                null,
                null,
                new PartReference(UUID.randomUUID(), PartClass.PIXELS, pixels.length, "sha256:unused"));
        ByteBuffer floats = ByteBuffer.wrap(TestPackages.read(tensorFile)).order(ByteOrder.LITTLE_ENDIAN);
        float[] expected = new float[floats.remaining() / 4];
        floats.asFloatBuffer().get(expected);
        return Arguments.of(attributes.get("name").asText(), image, pixels, how, expected);
    }
}
