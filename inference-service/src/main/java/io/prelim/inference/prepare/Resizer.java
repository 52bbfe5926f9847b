package io.prelim.inference.prepare;

/** A change of size in two directions: horizontal, then vertical; a row is spread over the outputs that read it as soon as it is known. */
final class Resizer {
    private final AxisFilter across;
    private final AxisFilter down;
    private final float[] narrow;

    Resizer(AxisFilter across, AxisFilter down) {
        this.across = across;
        this.down = down;
        this.narrow = new float[across.size()];
    }

    /** @param result one plane of the output's size, of zeros, from {@code at} on */
    void resize(Rows rows, int channel, int columns, int height, float[] result, int at) {
        float[] row = new float[columns];
        int firstOutput = 0;
        for (int y = 0; y < height; y++) {
            while (firstOutput < down.size() && down.end(firstOutput) <= y) {
                firstOutput++;
            }
            if (firstOutput == down.size() || down.first(firstOutput) > y) {
                continue;
            }
            rows.read(channel, y, row);
            narrow(row);
            for (int i = firstOutput; i < down.size() && down.first(i) <= y; i++) {
                if (y < down.end(i)) {
                    add(narrow, down.weights(i)[y - down.first(i)], result, at + i * narrow.length);
                }
            }
        }
    }

    private void narrow(float[] row) {
        for (int i = 0; i < narrow.length; i++) {
            float[] weights = across.weights(i);
            int first = across.first(i);
            float sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * row[first + j];
            }
            narrow[i] = sum;
        }
    }

    /** Adds a row, times its weight, to a part of the result. */
    static void add(float[] row, float weight, float[] result, int at) {
        for (int x = 0; x < row.length; x++) {
            result[at + x] += weight * row[x];
        }
    }
}
