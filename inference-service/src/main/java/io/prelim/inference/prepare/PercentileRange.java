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
        return Math.min(1, Math.max(0, (value - low) / Math.max(high - low, LEAST_RANGE)));
    }

    /** In place. */
    void apply(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) scale(values[i]);
        }
    }

    private static double percentile(float[] values, int[] counts, double percent) {
        double position = percent / 100 * (values.length - 1);
        int below = (int) position;
        double lower = ordered(values, counts, below);
        double upper = below + 1 < values.length ? ordered(values, counts, below + 1) : lower;
        return lower + (upper - lower) * (position - below);
    }

    /** The value at a rank: counting finds its bucket, only that bucket is sorted. */
    private static float ordered(float[] values, int[] counts, int rank) {
        int bucket = 0;
        int before = 0;
        while (before + counts[bucket] <= rank) {
            before += counts[bucket++];
        }
        float[] inside = new float[counts[bucket]];
        int n = 0;
        for (float value : values) {
            if (order(value) >>> 16 == bucket) {
                inside[n++] = value;
            }
        }
        Arrays.sort(inside);
        return inside[rank - before];
    }

    /** An unsigned number that rises with the value: IEEE 754 bits, the negative ones turned round. */
    private static int order(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }
}
