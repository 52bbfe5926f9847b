package io.prelim.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.jpegls.ScanHeader.Interleave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes are decoded or refused as {@link MalformedInput}, nothing else; samples lie within their precision. */
class JpegLsFuzzTest {
    private static final int MOST_SAMPLES = 1 << 20;

    /** Code streams of each mode, whole, cut short and with bits turned. */
    static Stream<byte[]> seeds() throws MalformedInput {
        List<byte[]> whole = new ArrayList<>();
        for (Images kind : Images.values()) {
            for (Interleave interleave : Interleave.values()) {
                int[] samples = kind.of(9, 7, 3, 255);
                whole.add(new JpegLsEncoder().interleave(interleave).encode(9, 7, 3, samples));
                whole.add(new JpegLsEncoder()
                        .interleave(interleave)
                        .near(2)
                        .restartInterval(3)
                        .heightAtEnd()
                        .encode(9, 7, 3, samples));
            }
            whole.add(new JpegLsEncoder().precision(16).encode(11, 6, 1, kind.of(11, 6, 1, 65535)));
            whole.add(new JpegLsEncoder()
                    .precision(12)
                    .preset(4000, 3, 5, 60, 200)
                    .encode(11, 6, 1, kind.of(11, 6, 1, 4000)));
        }
        Random random = new Random(1);
        return whole.stream().flatMap(stream -> Stream.of(stream, cut(stream, random), turned(stream, random)));
    }

    private static byte[] cut(byte[] stream, Random random) {
        return Arrays.copyOf(stream, random.nextInt(stream.length));
    }

    private static byte[] turned(byte[] stream, Random random) {
        byte[] turned = stream.clone();
        for (int i = 0; i < 3; i++) {
            turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return turned;
    }

    @MethodSource("seeds")
    @FuzzTest
    void bytesAreDecodedOrRefused(byte[] input) {
        JpegLsLimits limits = JpegLsLimits.DEFAULT.withMaxSamples(MOST_SAMPLES).within(Duration.ofSeconds(4));
        try {
            JpegLsImage image = JpegLsDecoder.decode(input, limits);

            assertThat(image.samples()).hasSize(image.width() * image.height() * image.components());
            int most = (1 << image.bitsPerSample()) - 1;
            for (short sample : image.samples()) {
                if ((sample & 0xFFFF) > most) {
                    throw new AssertionError("sample beyond its precision: " + (sample & 0xFFFF));
                }
            }
        } catch (MalformedInput e) {
            assertThat(e.offset()).isBetween(0L, (long) input.length);
            assertThat(e.getMessage()).isNotBlank().doesNotContain("no time left");
        }
    }
}
