package io.prelim.dicom.pixel.render;

import java.util.Arrays;

/** Makes pictures of other sizes, one direction after the other, in the memory of the result and three rows. */
final class Scaler {
    private final Picture source;
    private final Axis across;
    private final Axis down;
    /** Two rows of the source that have their width already, by the lowest bit of their number. */
    private final float[][] rows;

    private final int[] held = {-1, -1};

    private Scaler(Picture source, Axis across, Axis down) {
        this.source = source;
        this.across = across;
        this.down = down;
        this.rows = new float[2][across.count() * source.bands()];
    }

    static Picture scale(Picture source, Axis across, Axis down) {
        return new Scaler(source, across, down).scale();
    }

    private Picture scale() {
        int width = across.count() * source.bands();
        byte[] levels = new byte[width * down.count()];
        float[] sum = new float[width];
        for (int y = 0; y < down.count(); y++) {
            Arrays.fill(sum, 0.5f);
            for (int tap = 0; tap < down.taps(); tap++) {
                float weight = down.weight(y, tap);
                if (weight > 0) {
                    float[] row = row(down.first(y) + tap);
                    for (int x = 0; x < width; x++) {
                        sum[x] += weight * row[x];
                    }
                }
            }
            for (int x = 0; x < width; x++) {
                levels[y * width + x] = (byte) Math.min(255, (int) sum[x]);
            }
        }
        return new Picture(across.count(), down.count(), source.bands(), levels);
    }

    private float[] row(int y) {
        float[] row = rows[y & 1];
        if (held[y & 1] == y) {
            return row;
        }
        int bands = source.bands();
        int begin = y * source.width() * bands;
        for (int x = 0; x < across.count(); x++) {
            for (int band = 0; band < bands; band++) {
                float sum = 0;
                for (int tap = 0; tap < across.taps(); tap++) {
                    float weight = across.weight(x, tap);
                    if (weight > 0) {
                        sum += weight * (source.levels()[begin + (across.first(x) + tap) * bands + band] & 0xFF);
                    }
                }
                row[x * bands + band] = sum;
            }
        }
        held[y & 1] = y;
        return row;
    }
}
