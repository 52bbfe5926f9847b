package io.prelim.inference.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    private static final int[] BOX = {5, 4, 3};

    private final byte[] labels = new byte[60];

    @Test
    void cornersHoldTogether() {
        mark(1, 0, 0, 0);
        mark(1, 1, 1, 1);
        mark(1, 2, 2, 2);
        mark(1, 4, 0, 0);

        assertThat(Components.count(labels, BOX, 1, 0)).isEqualTo(2);
        assertThat(Components.count(labels, BOX, 1, 3)).isEqualTo(1);
        assertThat(Components.count(labels, BOX, 1, 4)).isZero();
    }

    @Test
    void anEdgeOfTheBoxIsNoNeighbourOfTheNext() {
        mark(1, 4, 0, 0);
        mark(1, 0, 1, 0);
        mark(1, 0, 3, 1);
        mark(1, 0, 0, 2);

        assertThat(Components.count(labels, BOX, 1, 1)).isEqualTo(4);
    }

    @Test
    void otherLabelsPart() {
        mark(1, 0, 0, 0);
        mark(2, 1, 0, 0);
        mark(1, 2, 0, 0);
        mark(255, 4, 3, 2);

        assertThat(Components.count(labels, BOX, 1, 1)).isEqualTo(2);
        assertThat(Components.count(labels, BOX, 2, 1)).isEqualTo(1);
        assertThat(Components.count(labels, BOX, 255, 1)).isEqualTo(1);
        assertThat(Components.count(labels, BOX, 3, 1)).isZero();
    }

    @Test
    void oneOfAllVoxelsIsCounted() {
        byte[] all = new byte[128 * 128 * 64];
        Arrays.fill(all, (byte) 1);

        assertThat(Components.count(all, new int[] {128, 128, 64}, 1, all.length))
                .isEqualTo(1);
    }

    /** By relabelling until nothing changes. */
    @Test
    void asASlowCountSays() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (byte) (random.nextInt(100) < 12 ? 1 : 0);
            }

            assertThat(Components.count(labels, BOX, 1, 1)).as("seed %d", seed).isEqualTo(slow());
        }
    }

    private int slow() {
        int[] own = new int[labels.length];
        Arrays.setAll(own, i -> i);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = 0; i < own.length; i++) {
                for (int j = 0; j < own.length; j++) {
                    if (labels[i] == 1 && labels[j] == 1 && near(i, j) && own[j] < own[i]) {
                        own[i] = own[j];
                        changed = true;
                    }
                }
            }
        }
        int count = 0;
        for (int i = 0; i < own.length; i++) {
            count += labels[i] == 1 && own[i] == i ? 1 : 0;
        }
        return count;
    }

    private static boolean near(int i, int j) {
        return Math.abs(i % 5 - j % 5) <= 1 && Math.abs(i / 5 % 4 - j / 5 % 4) <= 1 && Math.abs(i / 20 - j / 20) <= 1;
    }

    private void mark(int label, int x, int y, int z) {
        labels[(z * BOX[1] + y) * BOX[0] + x] = (byte) label;
    }
}
