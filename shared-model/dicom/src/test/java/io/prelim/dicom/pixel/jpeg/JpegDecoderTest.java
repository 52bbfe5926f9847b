package io.prelim.dicom.pixel.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.codec.CodeStreams;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** ITU-T T.81 processes 1, 2, 4 and 14. */
class JpegDecoderTest {
    @Test
    void twelveBits() throws MalformedInput {
        byte[] stream = CodeStreams.twelveBits();

        short[] samples = JpegDecoder.decode(stream);

        // a first coefficient of 2 times 40 is 10 above the middle, everywhere; the next block's is 1 less
        assertThat(samples).hasSize(2 * 9);
        assertThat(Arrays.copyOf(samples, 9)).containsExactly(2058, 2058, 2058, 2058, 2058, 2058, 2058, 2058, 2053);
    }

    @Test
    void eightBitsAreWhatAnotherDecoderMakesOfThem() throws IOException {
        byte[] stream = CodeStreams.baseline(19, 37);
        Raster theirs = ImageIO.read(new ByteArrayInputStream(stream)).getRaster();

        short[] samples = JpegDecoder.decode(stream);

        for (int i = 0; i < samples.length; i++) {
            assertThat((int) samples[i]).isEqualTo(theirs.getSample(i % 37, i / 37, 0));
        }
    }

    @Test
    void lossless() throws MalformedInput {
        short[] samples = JpegDecoder.decode(CodeStreams.lossless());

        assertThat(samples).containsExactly(128, 130, 127, 127);
    }

    @Test
    void aStreamCutAnywhereIsRefused() throws IOException {
        for (byte[] whole :
                new byte[][] {CodeStreams.twelveBits(), CodeStreams.lossless(), CodeStreams.baseline(19, 37)}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> JpegDecoder.decode(cut))
                        .as("cut to %d of %d", length, whole.length)
                        .isInstanceOf(MalformedInput.class);
            }
        }
    }
}
