package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyManifest.Image;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PixelLayoutTest {
    private int rows = 10;
    private int columns = 3;
    private int frames = 1;
    private int samples = 1;
    private int allocated = 8;
    private int stored = 8;
    private int highBit = 7;
    private long length = 30;
    private double slope = 1;
    private String photometric = "MONOCHROME2";
    private String transferSyntax = "1.2.840.10008.1.2";

    @Test
    void readsGreyAndItsPadding() throws UnpreparedImage {
        rows = 3;
        length = 9;
        assertThat(layout().length()).isEqualTo(9);
        length = 10;
        assertThat(layout().length()).isEqualTo(9);
    }

    @Test
    void aPartOfAnotherLengthIsRefused() {
        length = 29;
        assertRefused(
                "pixel-length-mismatch",
                "The pixel data has 29 bytes; 10 rows × 3 columns × 1 samples × 1 bytes are 30.");
        length = 31;
        assertRefused("pixel-length-mismatch", "31 bytes");
    }

    @Test
    void sizesAreMultipliedInLongs() {
        // 65,536 × 65,536 is 0 in ints
        rows = 65536;
        columns = 65536;
        length = 0;
        assertRefused("too-many-pixels", "4294967296 pixels");
    }

    @Test
    void encapsulatedPixelsAreNamed() {
        transferSyntax = "1.2.840.10008.1.2.4.50";
        assertRefused("unsupported-transfer-syntax", "1.2.840.10008.1.2.4.50");
        transferSyntax = "Doe^Jane";
        assertRefused("unsupported-transfer-syntax", "(not a UID)");
    }

    @Test
    void unknownPixelFormatsAreRefused() {
        photometric = "PALETTE COLOR";
        assertRefused("unsupported-pixel-format", "PALETTE COLOR");
        photometric = "MONOCHROME2";
        samples = 3;
        assertRefused("unsupported-pixel-format", "3 samples");
        samples = 1;
        stored = 9;
        assertRefused("unsupported-pixel-format", "9 stored");
        stored = 8;
        highBit = 3;
        assertRefused("unsupported-pixel-format", "high bit 3");
        highBit = 7;
        allocated = 32;
        assertRefused("unsupported-pixel-format", "32 bits allocated");
        allocated = 8;
        slope = Double.NaN;
        assertRefused("unsupported-pixel-format", "slope NaN");
    }

    @Test
    void severalFramesAreRefused() {
        frames = 2;
        assertRefused("multi-frame", "2 frames");
    }

    @Test
    void noRowsAreRefused() {
        rows = 0;
        assertRefused("pixel-length-mismatch", "0 rows");
    }

    private void assertRefused(String code, String words) {
        UnpreparedImage refused = catchThrowableOfType(UnpreparedImage.class, this::layout);
        assertThat(refused).isNotNull();
        assertThat(refused.reason().code()).isEqualTo(code);
        assertThat(refused.reason().text()).contains(words);
    }

    private PixelLayout layout() throws UnpreparedImage {
        return PixelLayout.of(
                new Image(
                        "1.2",
                        "1.3",
                        "1.4",
                        transferSyntax,
                        null,
                        "DX",
                        null,
                        null,
                        null,
                        null,
                        false,
                        rows,
                        columns,
                        frames,
                        samples,
                        0,
                        photometric,
                        allocated,
                        stored,
                        highBit,
                        0,
                        null,
                        null,
                        slope,
                        0,
                        null,
                        null,
                        null,
                        new PartReference(UUID.randomUUID(), PartClass.PIXELS, length, "sha256:unused")),
                1_000_000);
    }
}
