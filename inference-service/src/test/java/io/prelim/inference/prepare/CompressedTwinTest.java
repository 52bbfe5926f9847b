package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.PartClass;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.PartStore;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.Preparation.Percentile;
import io.prelim.inference.model.Preparation.SingleFrame;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Images that DCMTK and GDCM encoded ({@code make_encoded.py}): without loss they become the very tensor of the native one. */
class CompressedTwinTest {
    /** Of a range of 1, at quality 95. */
    private static final float NEAR = 0.05f;

    private static final SingleFrame HOW = new SingleFrame(16, 16, new Percentile(0.5, 99.5));

    @ParameterizedTest(name = "{0}")
    @MethodSource("lossless")
    void becomesTheSameTensor(String file, JsonNode plain, JsonNode encoded) throws Exception {
        assertThat(compressed(file, encoded)).isEqualTo(uncompressed(plain));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lossy")
    void withLossItIsNear(String file, JsonNode plain, JsonNode encoded) throws Exception {
        float[] expected = uncompressed(plain);

        float[] near = compressed(file, encoded);

        assertThat(near).isNotEqualTo(expected);
        for (int i = 0; i < near.length; i++) {
            assertThat(near[i]).isCloseTo(expected[i], within(NEAR));
        }
    }

    static Stream<Arguments> lossless() {
        return twins().filter(twin -> !isLossy(twin));
    }

    static Stream<Arguments> lossy() {
        return twins().filter(CompressedTwinTest::isLossy);
    }

    private static boolean isLossy(Arguments twin) {
        return twin.get()[0].toString().endsWith(".baseline");
    }

    private static float[] compressed(String file, JsonNode attributes) throws Exception {
        return tensor(
                attributes,
                TestPackages.read(TestImages.FOLDER.resolve("encoded").resolve(file)));
    }

    private static float[] uncompressed(JsonNode attributes) throws Exception {
        String name = attributes.get("name").asText();
        return tensor(attributes, TestPackages.read(TestImages.FOLDER.resolve(name + ".pixels")));
    }

    private static Stream<Arguments> twins() {
        JsonNode plain = TestImages.index("");
        return StreamSupport.stream(TestImages.index("encoded").spliterator(), false)
                .map(encoded -> {
                    ObjectNode attributes = StreamSupport.stream(plain.spliterator(), false)
                            .filter(each -> each.get("name").equals(encoded.get("name")))
                            .findFirst()
                            .orElseThrow()
                            .deepCopy();
                    JsonNode before = attributes.deepCopy();
                    attributes.setAll((ObjectNode) encoded);
                    return Arguments.of(encoded.get("file").asText(), before, attributes);
                });
    }

    private static float[] tensor(JsonNode attributes, byte[] pixels) throws Exception {
        Image image = TestImages.image(attributes, "1.2", PartStore.reference(PartClass.PIXELS, pixels));
        return ImagePreparation.open(HOW, image, pixels, PixelLimits.DEFAULT)
                .tensor(1)
                .values();
    }
}
