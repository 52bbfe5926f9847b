package io.prelim.dicom.pixel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ITU-T T.800 in frames. */
class Jpeg2000Test {
    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void reversibleIsExact(int bits) throws IOException {
        Frame frame = decode(CodeStreams.jpeg2000(40, 50, bits == 16), Images.grey(40, 50, bits));

        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 50; x++) {
                assertThat(frame.stored(50L * y + x)).isEqualTo(CodeStreams.value(x, y));
            }
        }
    }

    @Test
    void aStreamCutAnywhereIsRefused() throws IOException {
        byte[] whole = CodeStreams.jpeg2000(40, 50, false);

        for (int length = 0; length < whole.length - 2; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(cut, Images.grey(40, 50, 8)))
                    .as("cut to %d of %d", length, whole.length)
                    .isInstanceOf(MalformedInput.class);
        }
    }

    @Test
    void whatTheDataSetContradictsIsRefused() throws IOException {
        byte[] whole = CodeStreams.jpeg2000(40, 50, true);

        refused(Kind.STRUCTURE, whole, Images.grey(50, 40, 16));
        refused(Kind.STRUCTURE, whole, Images.grey(40, 50, 8));
        refused(Kind.STRUCTURE, new byte[100], Images.grey(40, 50, 16));
    }

    @Test
    void packetHeadersThatWaitForAZeroEnd() throws IOException {
        byte[] stream = CodeStreams.jpeg2000(40, 50, false);
        int data = indexOf(stream, 0x93) + 2;
        Arrays.fill(stream, data, stream.length, (byte) 0xFF);

        refused(Kind.STRUCTURE, stream, Images.grey(40, 50, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x60, 0x61})
    void packedPacketHeadersHaveNoDecoder(int marker) throws IOException {
        byte[] whole = CodeStreams.jpeg2000(40, 50, false);
        // before the tile-part, or before its data
        int at = indexOf(whole, marker == 0x60 ? 0x90 : 0x93);
        byte[] stream = Bytes.of()
                .bytes(Arrays.copyOf(whole, at))
                .bytes(new byte[] {(byte) 0xFF, (byte) marker, 0, 3, 0})
                .bytes(Arrays.copyOfRange(whole, at, whole.length))
                .array();

        refused(Kind.UNSUPPORTED, stream, Images.grey(40, 50, 8));
    }

    @Test
    void aMillionPixelsInAHundredBytesAreNotBelieved() {
        assertThat(CodeStreams.millionPixels()).hasSize(100);

        refused(Kind.LIMIT, CodeStreams.millionPixels(), Images.grey(1000, 1000, 8));
    }

    @Test
    void tilesOfOnePixelAreNotMade() throws IOException {
        byte[] stream = CodeStreams.jpeg2000(40, 50, false);
        int size = indexOf(stream, 0x51);
        for (int at : new int[] {22, 26}) {
            stream[size + at + 3] = 1;
        }

        refused(Kind.TRUNCATED, stream, Images.grey(40, 50, 8));
    }

    /** Where a marker is first. */
    private static int indexOf(byte[] stream, int marker) {
        for (int i = 0; ; i++) {
            if (stream[i] == (byte) 0xFF && stream[i + 1] == (byte) marker) {
                return i;
            }
        }
    }

    private static void refused(Kind kind, byte[] stream, DataSet image) {
        assertThatThrownBy(() -> decode(stream, image))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static Frame decode(byte[] stream, DataSet image) throws MalformedInput {
        return new Jpeg2000().decode(stream, Images.describe(image), PixelLimits.DEFAULT);
    }
}
