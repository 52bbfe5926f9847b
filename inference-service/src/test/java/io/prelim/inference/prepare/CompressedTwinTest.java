package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Images that DCMTK and GDCM encoded without loss ({@code make_encoded.py}) become the very tensor of the native one. */
class CompressedTwinTest {
    private static final SingleFrame HOW = new SingleFrame(16, 16, new Percentile(0.5, 99.5));

    @ParameterizedTest(name = "{0}")
    @MethodSource("twins")
    void becomesTheSameTensor(String file, JsonNode plain, JsonNode encoded) throws Exception {
        byte[] uncompressed = TestPackages.read(
                TestImages.FOLDER.resolve(plain.get("name").asText() + ".pixels"));
        byte[] compressed =
                TestPackages.read(TestImages.FOLDER.resolve("encoded").resolve(file));

        assertThat(tensor(encoded, compressed).values())
                .isEqualTo(tensor(plain, uncompressed).values());
    }

    static Stream<Arguments> twins() {
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

    private static Tensor tensor(JsonNode attributes, byte[] pixels) throws Exception {
        Image image = TestImages.image(attributes, "1.2", PartStore.reference(PartClass.PIXELS, pixels));
        return ImagePreparation.open(HOW, image, pixels, PixelLimits.DEFAULT).tensor(1);
    }
}
