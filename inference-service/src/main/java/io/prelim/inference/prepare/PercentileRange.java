package io.prelim.inference.prepare;

import io.prelim.inference.model.Preparation.Percentile;
import java.util.Arrays;

/**
 * Two percentiles of values, by linear interpolation between order statistics (numpy's default), and the scaling between them.
 *
 * @param low  the lower one's value
 * @param high the higher one's
 */
record PercentileRange(double low, double high) {
    private static final double LEAST_RANGE = 1e-6;
    private static final int BUCKETS = 1 << 16;

    /** @param values at least one */
    static PercentileRange of(float[] values, Percentile percent) {
        int[] counts = new int[BUCKETS];
        for (float value : values) {
            counts[order(value) >>> 16]++;
        }
        return new PercentileRange(
                percentile(values, counts, percent.low()), percentile(values, counts, percent.high()));
    }

    /** 0 to 1. */
    double scale(double value) {
        return clipped((value - low) / Math.max(high - low, LEAST_RANGE));
    }

    /** In place. */
    void apply(float[] values) {
        double factor = 1 / Math.max(high - low, LEAST_RANGE);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) clipped((values[i] - low) * factor);
        }
    }

    private static double clipped(double value) {
        return value < 0 ? 0 : value > 1 ? 1 : value;
    }

    private static double percentile(float[] values, int[] counts, double percent) {
        double position = percent / 100 * (values.length - 1);
        int rank = (int) position;
        int bucket = 0;
        int before = 0;
        while (before + counts[bucket] <= rank) {
            before += counts[bucket++];
        }
        float[] inside = sorted(values, bucket, counts[bucket]);
        double lower = inside[rank - before];
        double upper = lower;
        if (rank + 1 - before < inside.length) {
            upper = inside[rank + 1 - before];
        } else if (rank + 1 < values.length) {
            do {
                bucket++;
            } while (counts[bucket] == 0);
            upper = sorted(values, bucket, counts[bucket])[0];
        }
        return lower + (upper - lower) * (position - rank);
    }

    /** The values of one bucket: counting finds those that a rank needs, only they are sorted. */
    private static float[] sorted(float[] values, int bucket, int count) {
        float[] inside = new float[count];
        int n = 0;
        for (float value : values) {
            if (order(value) >>> 16 == bucket) {
                inside[n++] = value;
            }
        }
        Arrays.sort(inside);
        return inside;
    }

    /** An unsigned number that rises with the value: IEEE 754 bits, the negative ones turned round. */
    private static int order(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }
}
