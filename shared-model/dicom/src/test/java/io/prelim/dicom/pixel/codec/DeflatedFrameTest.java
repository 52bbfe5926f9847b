package io.prelim.dicom.pixel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.PixelLimits;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** PS3.5 annex A.4.12. */
class DeflatedFrameTest {
    private static final ImageDescription IMAGE = Images.describe(Images.grey(16, 16, 8));

    @Test
    void samplesAreAsTheyWere() throws MalformedInput {
        byte[] samples = samples(256);

        assertThat(decode(deflate(samples))).isEqualTo(samples);
    }

    @Test
    void liesAreRefused() {
        byte[] whole = deflate(samples(256));

        refused(Kind.TRUNCATED, Arrays.copyOf(whole, whole.length / 2));
        refused(Kind.TRUNCATED, deflate(samples(255)));
        refused(Kind.STRUCTURE, deflate(samples(1024)));
        refused(Kind.STRUCTURE, new byte[] {7, 1, 2, 3});
        refused(Kind.TRUNCATED, new byte[0]);
    }

    private static void refused(Kind kind, byte[] stream) {
        assertThatThrownBy(() -> decode(stream))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static byte[] decode(byte[] stream) throws MalformedInput {
        return new Deflated().decode(stream, IMAGE, PixelLimits.DEFAULT).bytes();
    }

    private static byte[] samples(int count) {
        byte[] samples = new byte[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (byte) (i * i);
        }
        return samples;
    }

    private static byte[] deflate(byte[] samples) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(samples);
        deflater.finish();
        byte[] out = new byte[samples.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }
}
