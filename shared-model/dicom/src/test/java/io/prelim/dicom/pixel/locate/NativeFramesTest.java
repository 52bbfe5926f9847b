package io.prelim.dicom.pixel.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Images;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** PS3.5 section 8.1.1: frames without an encoding. */
class NativeFramesTest {
    @Test
    void framesFollowEachOther() throws IOException {
        ImageDescription image = Images.describe(Images.grey(1, 2, 16).putInteger(Tag.NUMBER_OF_FRAMES, 2));
        NativeFrames frames = new NativeFrames(image, bytes("0102 0304 0506 0708 00"), 1);

        assertThat(frames.ranges(1)).containsExactly(new ByteRange(4, 4));
        assertThat(frames.read(1)).isEqualTo(Bytes.of().hex("0506 0708").array());
    }

    @Test
    void wordsInBigEndianAreTurnedWhereverAFrameBegins() throws IOException {
        ImageDescription image = Images.describe(Images.grey(1, 3, 8).putInteger(Tag.NUMBER_OF_FRAMES, 2));
        NativeFrames frames = new NativeFrames(image, bytes("0201 0403 0605"), 2);

        assertThat(frames.read(0)).isEqualTo(Bytes.of().hex("01 02 03").array());
        assertThat(frames.read(1)).isEqualTo(Bytes.of().hex("04 05 06").array());
    }

    @Test
    void singleBitsGoOnWithinAByte() throws IOException {
        ImageDescription image = Images.describe(Images.grey(1, 10, 1).putInteger(Tag.NUMBER_OF_FRAMES, 2));
        // 10 bits set, then 10 that begin with one set and end with one
        NativeFrames frames = new NativeFrames(image, bytes("FF 07 08"), 1);

        assertThat(frames.read(0)).isEqualTo(Bytes.of().hex("FF 03").array());
        assertThat(frames.read(1)).isEqualTo(Bytes.of().hex("01 02").array());
    }

    @Test
    void whatIsTooShortIsRefusedBeforeAnyFrame() {
        ImageDescription image = Images.describe(Images.grey(1000, 1000, 8));

        assertThatThrownBy(() -> new NativeFrames(image, PixelBytes.of(new byte[100]), 1))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("truncated");
    }

    private static PixelBytes bytes(String hex) {
        return PixelBytes.of(Bytes.of().hex(hex).array());
    }
}
