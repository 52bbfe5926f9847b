package io.prelim.inference.prepare;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * A change of size in two directions. A row is spread over the outputs that read it as soon as it is known, so that the rows held are those
 * of outputs not yet complete. Rows become fewer before they become narrow, for whole rows are added fast; where they become more, they
 * become narrow first, so that no more is held than the result has.
 */
final class Resizer {
    private final AxisFilter across;
    private final AxisFilter down;
    /** Sums of the outputs that are not yet complete, in their order. */
    private final ArrayDeque<float[]> open = new ArrayDeque<>();

    private final ArrayDeque<float[]> spare = new ArrayDeque<>();

    Resizer(AxisFilter across, AxisFilter down) {
        this.across = across;
        this.down = down;
    }

    /** @param result one plane of the output's size from {@code at} on */
    void resize(Rows rows, int channel, int columns, int height, float[] result, int at) {
        boolean narrowFirst = down.size() > height;
        float[] row = new float[columns];
        float[] narrow = new float[across.size()];
        int complete = 0;
        for (int y = 0; y < height && complete < down.size(); y++) {
            if (down.first(complete) > y) {
                continue;
            }
            rows.read(channel, y, row);
            if (narrowFirst) {
                narrow(row, narrow, 0);
            }
            spread(narrowFirst ? narrow : row, y, complete);
            while (complete < down.size() && down.end(complete) <= y + 1) {
                float[] sums = open.remove();
                int to = at + complete * across.size();
                if (narrowFirst) {
                    System.arraycopy(sums, 0, result, to, sums.length);
                } else {
                    narrow(sums, result, to);
                }
                spare.add(sums);
                complete++;
            }
        }
    }

    private void spread(float[] row, int y, int complete) {
        int i = complete;
        for (float[] sums : open) {
            // a narrow output may end before one that began earlier does
            if (y < down.end(i)) {
                add(row, down.weights(i)[y - down.first(i)], sums, 0);
            }
            i++;
        }
        for (; i < down.size() && down.first(i) <= y; i++) {
            float[] sums = spare.isEmpty() ? new float[row.length] : spare.remove();
            Arrays.fill(sums, 0);
            add(row, down.weights(i)[y - down.first(i)], sums, 0);
            open.add(sums);
        }
    }

    private void narrow(float[] row, float[] result, int at) {
        for (int i = 0; i < across.size(); i++) {
            float[] weights = across.weights(i);
            int first = across.first(i);
            float sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * row[first + j];
            }
            result[at + i] = sum;
        }
    }

    /** Adds a row, times its weight, to a part of the result. */
    static void add(float[] row, float weight, float[] result, int at) {
        for (int x = 0; x < row.length; x++) {
            result[at + x] += weight * row[x];
        }
    }
}
