package io.prelim.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.prelim.testkit.sample.SyntheticRadiograph.Kind;
import io.prelim.testkit.sample.SyntheticRadiograph.Sample;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SyntheticRadiographTest {
    private final SyntheticRadiograph radiograph = SyntheticRadiograph.load();

    @Test
    void sameSeedGivesTheSameImage() {
        short[] again = SyntheticRadiograph.load().pixels(Kind.NORMAL, 7, 96, 80);

        assertThat(radiograph.pixels(Kind.NORMAL, 7, 96, 80)).isEqualTo(again);
    }

    /** The definition must not drift: recorded answers of the model depend on it. */
    @Test
    void pixelsOfASeedStayWhatTheyWere() {
        CRC32 checksum = new CRC32();
        for (short value : radiograph.pixels(Kind.PNEUMONIA, 4, 64, 48)) {
            checksum.update(value >> 8);
            checksum.update(value);
        }

        assertThat(checksum.getValue()).isEqualTo(0xECDD18E3L);
    }

    @Test
    void seedAndKindBothChangeTheImage() {
        short[] image = radiograph.pixels(Kind.NORMAL, 7, 96, 80);

        assertThat(radiograph.pixels(Kind.NORMAL, 8, 96, 80)).isNotEqualTo(image);
        assertThat(radiograph.pixels(Kind.PNEUMONIA, 7, 96, 80)).isNotEqualTo(image);
    }

    @Test
    void valuesFillTwelveBitsAndNoMore() {
        for (Sample sample : SyntheticRadiograph.SAMPLES) {
            short[] image = radiograph.pixels(sample.kind(), sample.seed(), 320, 256);

            assertThat(image).hasSize(320 * 256);
            int least = 4095;
            int most = 0;
            for (short value : image) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            assertThat(least).isBetween(0, 600);
            assertThat(most).isBetween(3000, 4095);
        }
    }

    /** Upper corners are air or shoulder, the middle of the lower edge is abdomen: a frontal chest is dark here and bright there. */
    @Test
    void abdomenIsBrighterThanTheGroundBesideTheNeck() {
        for (Sample sample : SyntheticRadiograph.SAMPLES) {
            short[] image = radiograph.pixels(sample.kind(), sample.seed(), 200, 200);

            assertThat(mean(image, 200, 80, 170, 40)).isGreaterThan(mean(image, 200, 0, 0, 20) + 300);
        }
    }

    @Test
    void samplesAreThreeOfEachKindAndAllDifferent() {
        Set<Sample> distinct = new HashSet<>(SyntheticRadiograph.SAMPLES);

        assertThat(distinct).hasSize(6);
        assertThat(distinct.stream().filter(s -> s.kind() == Kind.NORMAL)).hasSize(3);
    }

    @Test
    void anImageWithoutPixelsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> radiograph.pixels(Kind.NORMAL, 1, 0, 10))
                .withMessageContaining("0 x 10");
    }

    private static double mean(short[] image, int width, int left, int top, int side) {
        double sum = 0;
        int count = 0;
        for (int y = top; y < Math.min(top + side, 200); y++) {
            for (int x = left; x < left + side; x++) {
                sum += image[y * width + x];
                count++;
            }
        }
        return sum / count;
    }
}
