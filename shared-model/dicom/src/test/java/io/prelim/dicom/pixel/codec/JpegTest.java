package io.prelim.dicom.pixel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** ITU-T T.81 in frames. */
class JpegTest {
    @Test
    void losslessIsExact() throws MalformedInput {
        Frame frame = decode(CodeStreams.lossless(), Images.grey(2, 2, 8));

        assertThat(frame.bytes()).isEqualTo(CodeStreams.losslessSamples());
    }

    /** TwelveMonkeys 3.14.0 leaves it 0. */
    @Test
    void theLastSampleOfALosslessGreyIsThere() throws MalformedInput {
        byte[] samples = Bytes.of().hex("E86DAC54 96E7BD85 CD60723B 9508713A").array();

        Frame frame = decode(CodeStreams.losslessBeforeFill(), Images.grey(4, 4, 8));

        assertThat(frame.bytes()).isEqualTo(samples);
    }

    @Test
    void whatLossCarriesPastTheStoredBitsIsTheGreatestValue() throws MalformedInput {
        // 2058 and 2053 in 12 bits
        DataSet image = Images.grey(2, 9, 16).putInteger(Tag.BITS_STORED, 11).putInteger(Tag.HIGH_BIT, 10);

        Frame frame = decode(CodeStreams.twelveBits(), image);

        assertThat(frame.stored(0)).isEqualTo(2047);
        assertThat(frame.stored(17)).isEqualTo(2047);
    }

    @Test
    void whatLiesAboveTheStoredBitsStaysWithoutLoss() throws MalformedInput {
        DataSet image = Images.grey(2, 2, 8).putInteger(Tag.BITS_STORED, 7).putInteger(Tag.HIGH_BIT, 6);

        assertThat(decode(CodeStreams.lossless(), image).bytes()).isEqualTo(CodeStreams.losslessSamples());
    }

    @Test
    void fewerBitsThanAllocatedFillTheLower() throws MalformedInput {
        Frame frame = decode(CodeStreams.lossless(), Images.grey(2, 2, 16).putInteger(Tag.BITS_STORED, 8));

        assertThat(frame.bytes()).isEqualTo(new byte[] {(byte) 128, 0, (byte) 130, 0, 127, 0, 127, 0});
    }

    @Test
    void baselineIsNearlySo() throws IOException {
        Frame frame = decode(CodeStreams.baseline(16, 24), Images.grey(16, 24, 8));

        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 24; x++) {
                assertThat(frame.stored(24L * y + x)).isCloseTo(CodeStreams.value(x, y), within(8L));
            }
        }
    }

    @Test
    void aStreamCutAnywhereIsRefused() throws IOException {
        for (byte[] whole : new byte[][] {CodeStreams.lossless(), CodeStreams.baseline(16, 24)}) {
            int rows = whole.length < 100 ? 2 : 16;
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> decode(cut, Images.grey(rows, rows == 2 ? 2 : 24, 8)))
                        .as("cut to %d", length)
                        .isInstanceOf(MalformedInput.class);
            }
        }
    }

    @Test
    void whatTheDataSetContradictsIsRefused() {
        refused(Kind.STRUCTURE, CodeStreams.lossless(), Images.grey(2, 3, 8));
        refused(Kind.STRUCTURE, CodeStreams.lossless(), Images.grey(3, 2, 8));
        refused(Kind.STRUCTURE, CodeStreams.lossless(), Images.grey(2, 2, 1).putInteger(Tag.BITS_ALLOCATED, 1));
    }

    @Test
    void otherProcessesHaveNoDecoder() {
        byte[] progressive = CodeStreams.lossless();
        progressive[3] = (byte) 0xC2;

        refused(Kind.UNSUPPORTED, progressive, Images.grey(2, 2, 8));
    }

    @Test
    void aSecondFrameHeaderIsRefused() {
        byte[] whole = CodeStreams.lossless();
        // SOF3 again, 65535 by 65535
        byte[] twice = Bytes.of()
                .bytes(Arrays.copyOf(whole, 15))
                .hex("FFC3 000B 08 FFFF FFFF 01 01 11 00")
                .bytes(Arrays.copyOfRange(whole, 15, whole.length))
                .array();

        refused(Kind.STRUCTURE, twice, Images.grey(2, 2, 8));
    }

    @Test
    void aMillionPixelsInAHundredBytesAllocateNothing() {
        byte[] stream = Arrays.copyOf(CodeStreams.lossless(), 100);
        // SOF3 says 1000 by 1000
        stream[7] = stream[9] = 0x03;
        stream[8] = stream[10] = (byte) 0xE8;

        refused(Kind.TRUNCATED, stream, Images.grey(1000, 1000, 8));
    }

    private static void refused(Kind kind, byte[] stream, DataSet image) {
        assertThatThrownBy(() -> decode(stream, image))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static Frame decode(byte[] stream, DataSet image) throws MalformedInput {
        return new Jpeg().decode(stream, Images.describe(image), PixelLimits.DEFAULT);
    }
}
