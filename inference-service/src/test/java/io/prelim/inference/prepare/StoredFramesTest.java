package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.EventJson;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.Preparation.Colour;
import io.prelim.inference.model.Preparation.CropPad;
import io.prelim.inference.model.Preparation.Interpolation;
import io.prelim.inference.model.Preparation.Layout;
import io.prelim.inference.model.Preparation.Mode;
import io.prelim.inference.model.Preparation.Percentile;
import io.prelim.inference.model.Preparation.Resize;
import io.prelim.inference.model.Preparation.SingleFrame;
import io.prelim.inference.model.Preparation.Take;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredFramesTest {
    private static final SingleFrame HOW = new SingleFrame(16, 16, new Percentile(0.5, 99.5));
    private static final PixelLimits LIMITS = PixelLimits.DEFAULT.withMaxPixels(1_000_000);
    private static final String JPEG_2000 = "1.2.840.10008.1.2.4.90";

    private final ObjectNode image = EventJson.mapper()
            .createObjectNode()
            .put("rows", 10)
            .put("columns", 3)
            .put("samplesPerPixel", 1)
            .put("planarConfiguration", 0)
            .put("photometricInterpretation", "MONOCHROME2")
            .put("bitsAllocated", 8)
            .put("bitsStored", 8)
            .put("highBit", 7)
            .put("pixelRepresentation", 0)
            .put("rescaleSlope", 1.0)
            .put("rescaleIntercept", 0.0);

    private Long length = 30L;

    @Test
    void readsGreyAndItsPadding() throws UnpreparedImage {
        image.put("rows", 3);
        length = 9L;
        assertThat(StoredFrames.check(image(), LIMITS).frameBytes()).isEqualTo(9);
        length = 10L;
        assertThat(StoredFrames.check(image(), LIMITS).frameBytes()).isEqualTo(9);
    }

    @Test
    void aPartOfAnotherLengthIsRefused() {
        length = 29L;
        assertRefused(
                "pixel-length-mismatch",
                "The pixel data has 29 bytes; 1 frames × 10 rows × 3 columns × 1 samples × 8 bits are 30.");
        length = 31L;
        assertRefused("pixel-length-mismatch", "31 bytes");
    }

    @Test
    void sizesAreMultipliedInLongs() {
        // 65,536 × 65,536 is 0 in ints
        image.put("rows", 65536).put("columns", 65536);
        length = 0L;
        assertRefused("too-many-pixels", "4294967296 pixels");
    }

    @Test
    void withoutPixelsThereIsNothingToRead() {
        length = null;
        assertRefused("no-pixel-data", "no pixel data");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.1.2.4.201, 1.2.840.10008.1.2.4.201", // high-throughput JPEG 2000
        "1.2.840.10008.1.2.4.102, 1.2.840.10008.1.2.4.102", // MPEG-4
        "1.2.840.10008.1.2.1.99, 1.2.840.10008.1.2.1.99", // a deflated data set, kept whole with its header
        "Doe^Jane, (not a UID)"
    })
    void whatHasNoDecoderIsNamed(String syntax, String words) {
        image.put("transferSyntax", syntax);
        assertRefused("unsupported-transfer-syntax", words);
    }

    @ParameterizedTest
    @CsvSource({
        "photometricInterpretation, PALETTE COLOR, PALETTE COLOR",
        "photometricInterpretation, Doe^Jane, (not a code)",
        "samplesPerPixel, 3, 3 samples",
        "bitsStored, 9, 9 stored",
        "highBit, 3, high bit 3",
        "bitsAllocated, 9, 9 bits allocated",
        "pixelRepresentation, 2, pixel representation 2",
        "rescaleSlope, NaN, slope NaN",
        "frames, 0, 8 bits allocated"
    })
    void unknownPixelFormatsAreRefused(String attribute, String value, String words) {
        if (value.matches("\\d+")) {
            image.put(attribute, Integer.parseInt(value));
        } else {
            image.put(attribute, value);
        }
        image.put("rescaleSlope", "rescaleSlope".equals(attribute) ? Double.NaN : 1);
        assertRefused("unsupported-pixel-format", words);
    }

    @Test
    void bigEndianBytesMayBeOfEitherKind() {
        image.put("transferSyntax", "1.2.840.10008.1.2.2");
        assertRefused("unsupported-pixel-format", "8 bits allocated");
    }

    @Test
    void bigEndianWordsAreTurned() throws Exception {
        byte[] little = new byte[60];
        byte[] big = new byte[60];
        for (int i = 0; i < 60; i++) {
            little[i] = (byte) (i * 37);
            big[i ^ 1] = little[i];
        }
        image.put("bitsAllocated", 16).put("bitsStored", 16).put("highBit", 15);
        length = 60L;
        float[] expected =
                ImagePreparation.open(HOW, image(), little, LIMITS).tensor(1).values();
        image.put("transferSyntax", "1.2.840.10008.1.2.2");

        assertThat(ImagePreparation.open(HOW, image(), big, LIMITS).tensor(1).values())
                .isEqualTo(expected);
    }

    @Test
    void severalFramesAreRefused() {
        image.put("frames", 2);
        length = 60L;
        assertRefused("multi-frame", "2 frames");
    }

    @Test
    void framesThatAreAllReadCountTogether() throws UnpreparedImage {
        image.put("frames", 40_000);
        length = 30L * 40_000;
        ImagePreparation.check(taking(Take.FIRST, Mode.SQUASH), image(), LIMITS);

        UnpreparedImage refused = catchThrowableOfType(
                UnpreparedImage.class, () -> ImagePreparation.check(taking(Take.ALL, Mode.SQUASH), image(), LIMITS));

        assertThat(refused.reason().code()).isEqualTo("too-many-pixels");
        assertThat(refused.reason().text()).contains("40000 frames of 30 pixels");
    }

    @Test
    void aLineThatMustCoverAFrameIsRefused() {
        image.put("rows", 1).put("columns", 60_000);
        length = 60_000L;

        UnpreparedImage refused = catchThrowableOfType(
                UnpreparedImage.class,
                () -> ImagePreparation.open(taking(Take.ONLY, Mode.COVER), image(), new byte[60_000], LIMITS)
                        .tensor(1));

        assertThat(refused.reason().code()).isEqualTo("too-many-pixels");
        assertThat(refused.reason().text()).contains("3840000 pixels");
    }

    private static SingleFrame taking(Take take, Mode mode) {
        return new SingleFrame(
                take,
                Colour.GREY,
                Optional.empty(),
                false,
                Optional.of(new Resize(mode, Interpolation.BILINEAR, 8, 8)),
                Optional.empty(),
                Optional.of(new CropPad(8, 8, 0)),
                Optional.empty(),
                Layout.NCHW);
    }

    @Test
    void noRowsAreRefused() {
        image.put("rows", 0);
        assertRefused("pixel-length-mismatch", "0 rows");
    }

    @Test
    void aCodeStreamThatIsNoneIsRefused() throws Exception {
        UnpreparedImage refused = decode("1.2.840.10008.1.2.4.70", items(new byte[] {1, 2, 3, 4}), LIMITS);

        assertThat(refused.reason().code()).isEqualTo("unreadable-pixels");
        assertThat(decode("1.2.840.10008.1.2.4.70", new byte[] {1, 2, 3, 4}, LIMITS)
                        .reason()
                        .code())
                .as("no fragments at all")
                .isEqualTo("unreadable-pixels");
    }

    @Test
    void aCodeStreamThatIsCutIsRefused() throws Exception {
        byte[] whole = TestPackages.read(TestImages.FOLDER.resolve("encoded").resolve("grey8-down.jpegls"));
        image.put("rows", 53).put("columns", 41);

        UnpreparedImage refused = decode("1.2.840.10008.1.2.4.80", Arrays.copyOf(whole, whole.length / 2), LIMITS);

        assertThat(refused.reason().code()).isEqualTo("unreadable-pixels");
    }

    @Test
    void aFrameThatIsNotDecodedInTimeIsRefused() throws Exception {
        byte[] whole = TestPackages.read(TestImages.FOLDER.resolve("encoded").resolve("grey8-down.jpeg2000"));
        image.put("rows", 53).put("columns", 41);

        UnpreparedImage refused = decode(JPEG_2000, whole, LIMITS.withDeadline(Duration.ofNanos(1)));

        assertThat(refused.reason().code()).isEqualTo("decoding-deadline");
    }

    @Test
    void moreSamplesThanACodeStreamMayHoldAreRefused() throws Exception {
        byte[] whole = TestPackages.read(TestImages.FOLDER.resolve("encoded").resolve("grey8-down.jpeg2000"));
        image.put("rows", 53).put("columns", 41);
        PixelLimits narrow = new PixelLimits(1_000_000, 1 << 20, 10, 10, 1, Duration.ofSeconds(30));

        assertThat(decode(JPEG_2000, whole, narrow).reason().code()).isEqualTo("decoding-limit");
    }

    @Test
    void anInterruptedDecodeIsNoAnswer() {
        byte[] whole = TestPackages.read(TestImages.FOLDER.resolve("encoded").resolve("grey8-down.jpeg2000"));
        image.put("rows", 53).put("columns", 41).put("transferSyntax", JPEG_2000);
        length = (long) whole.length;

        Thread.currentThread().interrupt();

        assertThatThrownBy(
                        () -> ImagePreparation.open(HOW, image(), whole, LIMITS).tensor(1))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private UnpreparedImage decode(String syntax, byte[] value, PixelLimits limits) {
        image.put("transferSyntax", syntax);
        length = (long) value.length;
        UnpreparedImage refused = catchThrowableOfType(
                UnpreparedImage.class,
                () -> ImagePreparation.open(HOW, image(), value, limits).tensor(1));
        assertThat(refused).isNotNull();
        return refused;
    }

    /** An empty offset table and one fragment (PS3.5 annex A.4). */
    private static byte[] items(byte[] fragment) {
        byte[] value =
                Arrays.copyOf(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, (byte) 0xE0, 0, 0, 0, 0}, 16 + fragment.length);
        System.arraycopy(
                new byte[] {(byte) 0xFE, (byte) 0xFF, 0, (byte) 0xE0, (byte) fragment.length, 0, 0, 0}, 0, value, 8, 8);
        System.arraycopy(fragment, 0, value, 16, fragment.length);
        return value;
    }

    private void assertRefused(String code, String words) {
        UnpreparedImage refused =
                catchThrowableOfType(UnpreparedImage.class, () -> ImagePreparation.check(HOW, image(), LIMITS));
        assertThat(refused).isNotNull();
        assertThat(refused.reason().code()).isEqualTo(code);
        assertThat(refused.reason().text()).contains(words);
    }

    private Image image() {
        return TestImages.image(
                image,
                "1.2",
                length == null
                        ? null
                        : new PartReference(UUID.randomUUID(), PartClass.PIXELS, length, "sha256:unused"));
    }
}
