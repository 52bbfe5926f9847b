package io.prelim.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.jpegls.ScanHeader.Interleave;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link JpegLsEncoder} wrote comes back: the same samples, or within NEAR of them. */
class JpegLsRoundTripTest {
    record Shape(int width, int height, int components, Interleave interleave) {}

    static Stream<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (int width : new int[] {1, 2, 3, 17, 130}) {
            for (int height : new int[] {1, 2, 41}) {
                shapes.add(new Shape(width, height, 1, Interleave.NONE));
                for (Interleave interleave : Interleave.values()) {
                    for (int components = 2; components <= 4; components++) {
                        shapes.add(new Shape(width, height, components, interleave));
                    }
                }
            }
        }
        return shapes.stream();
    }

    /** Decodes and compares, at 8 bits or as many as the encoder was told. */
    private static void comesBack(JpegLsEncoder encoder, Shape shape, int maxValue, int near) throws MalformedInput {
        for (Images kind : Images.values()) {
            int[] samples = kind.of(shape.width(), shape.height(), shape.components(), maxValue);
            byte[] encoded = encoder.encode(shape.width(), shape.height(), shape.components(), samples);

            JpegLsImage image = JpegLsDecoder.decode(encoded, JpegLsLimits.DEFAULT);

            assertThat(image.width()).isEqualTo(shape.width());
            assertThat(image.height()).isEqualTo(shape.height());
            assertThat(image.components()).isEqualTo(shape.components());
            assertThat(image.samples()).hasSize(samples.length);
            for (int i = 0; i < samples.length; i++) {
                int error = Math.abs((image.samples()[i] & 0xFFFF) - samples[i]);
                if (error > near) {
                    throw new AssertionError(kind + " " + shape + ": sample " + i + " differs by " + error);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void lossless(Shape shape) throws MalformedInput {
        comesBack(new JpegLsEncoder().interleave(shape.interleave()), shape, 255, 0);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void nearLossless(Shape shape) throws MalformedInput {
        comesBack(new JpegLsEncoder().interleave(shape.interleave()).near(3), shape, 255, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyPrecision(int bits) throws MalformedInput {
        Shape shape = new Shape(67, 53, 1, Interleave.NONE);
        int most = (1 << bits) - 1;

        comesBack(new JpegLsEncoder().precision(bits), shape, most, 0);
        for (int near = 1; near <= Math.min(255, most / 2); near = 3 * near + 1) {
            comesBack(new JpegLsEncoder().precision(bits).near(near), shape, most, near);
        }
    }

    @ParameterizedTest
    @EnumSource(Interleave.class)
    void restartIntervals(Interleave interleave) throws MalformedInput {
        Shape shape = new Shape(33, 29, 3, interleave);
        for (int lines : new int[] {1, 2, 7, 28, 29, 30}) {
            comesBack(new JpegLsEncoder().interleave(interleave).restartInterval(lines), shape, 255, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Interleave.class)
    void linesToldAfterTheFirstScan(Interleave interleave) throws MalformedInput {
        Shape shape = new Shape(33, 29, 3, interleave);

        comesBack(new JpegLsEncoder().interleave(interleave).heightAtEnd(), shape, 255, 0);
        comesBack(new JpegLsEncoder().interleave(interleave).restartInterval(5).heightAtEnd(), shape, 255, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 100, 254, 1000, 4095})
    void presetMaximum(int maxValue) throws MalformedInput {
        Shape shape = new Shape(67, 53, 1, Interleave.NONE);

        comesBack(new JpegLsEncoder().precision(12).preset(maxValue, 0, 0, 0, 0), shape, maxValue, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 31, 64, 255, 65535})
    void presetThresholdsAndReset(int reset) throws MalformedInput {
        Shape shape = new Shape(67, 53, 1, Interleave.NONE);

        comesBack(new JpegLsEncoder().precision(16).preset(0, 1, 1, 65535, reset), shape, 65535, 0);
        comesBack(new JpegLsEncoder().precision(16).near(2).preset(65535, 9, 900, 901, reset), shape, 65535, 2);
    }
}
