package io.prelim.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.Tag;
import org.junit.jupiter.api.Test;

/** PS3.5 section 8.1.1: stored values of frames. */
class FrameTest {
    @Test
    void signAndWhatLiesAroundTheStoredBits() {
        ImageDescription image = Images.describe(Images.grey(1, 2, 16)
                .putInteger(Tag.BITS_STORED, 9)
                .putInteger(Tag.HIGH_BIT, 10)
                .putInteger(Tag.PIXEL_REPRESENTATION, 1));
        // bits 2 to 10 are stored; all others are set, and mean nothing
        Frame frame = new Frame(image, Bytes.of().hex("03FC FFFF").array());

        assertThat(frame.stored(0)).isEqualTo(-256);
        assertThat(frame.stored(1)).isEqualTo(-1);
    }

    @Test
    void singleBitsAndTwelveOfThem() {
        Frame bits = new Frame(
                Images.describe(Images.grey(1, 9, 1)), Bytes.of().hex("81 01").array());
        Frame twelve = new Frame(
                Images.describe(Images.grey(1, 2, 12)),
                Bytes.of().hex("BC 3A 12").array());

        assertThat(bits.stored(0)).isEqualTo(1);
        assertThat(bits.stored(1)).isZero();
        assertThat(bits.stored(7)).isEqualTo(1);
        assertThat(bits.stored(8)).isEqualTo(1);
        assertThat(twelve.stored(0)).isEqualTo(0xABC);
        assertThat(twelve.stored(1)).isEqualTo(0x123);
    }

    @Test
    void wideSamples() {
        Frame frame = new Frame(
                Images.describe(Images.grey(1, 1, 64)),
                Bytes.of().hex("01 00 00 00 00 00 00 80").array());

        assertThat(frame.stored(0)).isEqualTo(0x8000000000000001L);
    }

    @Test
    void bitsStoredWhateverTheirSignAndStep() {
        Frame words = new Frame(
                Images.describe(Images.grey(1, 2, 16)
                        .putInteger(Tag.BITS_STORED, 9)
                        .putInteger(Tag.HIGH_BIT, 10)
                        .putInteger(Tag.PIXEL_REPRESENTATION, 1)),
                Bytes.of().hex("03FC FFFF").array());
        Frame bytes = new Frame(
                Images.describe(Images.grey(1, 3, 8)),
                Bytes.of().hex("01 FF 7F").array());
        Frame twelve = new Frame(
                Images.describe(Images.grey(1, 2, 12)),
                Bytes.of().hex("BC 3A 12").array());

        assertThat(patterns(words, 0, 1, 2)).containsExactly(0x100, 0x1FF);
        assertThat(patterns(words, 1, 1, 1)).containsExactly(0x1FF);
        assertThat(patterns(bytes, 0, 2, 2)).containsExactly(0x01, 0x7F);
        assertThat(patterns(twelve, 0, 1, 2)).containsExactly(0xABC, 0x123);
    }

    private static int[] patterns(Frame frame, long first, int step, int count) {
        char[] patterns = new char[count];
        frame.patterns(first, step, patterns);
        return new String(patterns).chars().toArray();
    }
}
