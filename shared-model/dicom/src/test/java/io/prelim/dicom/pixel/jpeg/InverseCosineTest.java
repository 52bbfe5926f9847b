package io.prelim.dicom.pixel.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** ITU-T T.81 annex A.3.3, beside its formula. */
class InverseCosineTest {
    @Test
    void wholeNumbersAreWithinOneOfTheFormula() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            int[] block = new int[64];
            for (int i = 0; i < 64; i++) {
                block[i] = (random.nextInt(4001) - 2000) >> (i / 8);
            }
            double[] exact = formula(block);

            InverseCosine.transform(block, round % 2 == 0 ? 8 : 12);

            for (int i = 0; i < 64; i++) {
                assertThat((double) block[i]).isCloseTo(exact[i], within(1.0));
            }
        }
    }

    private static double[] formula(int[] block) {
        double[] samples = new double[64];
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                double sum = 0;
                for (int v = 0; v < 8; v++) {
                    for (int u = 0; u < 8; u++) {
                        double scale = (u == 0 ? Math.sqrt(0.5) : 1) * (v == 0 ? Math.sqrt(0.5) : 1);
                        sum += scale
                                * block[8 * v + u]
                                * Math.cos((2 * x + 1) * u * Math.PI / 16)
                                * Math.cos((2 * y + 1) * v * Math.PI / 16);
                    }
                }
                samples[8 * y + x] = sum / 4;
            }
        }
        return samples;
    }
}
