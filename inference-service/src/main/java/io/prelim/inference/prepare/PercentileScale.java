package io.prelim.inference.prepare;

import java.util.Arrays;

/** Percentiles by linear interpolation between order statistics (numpy's default), and the scaling between two of them. */
final class PercentileScale {
    private static final float LEAST_RANGE = 1e-6f;
    private static final int BUCKETS = 1 << 16;

    private PercentileScale() {}

    /** Scales in place to 0..1. */
    static void apply(float[] values, double low, double high) {
        int[] counts = new int[BUCKETS];
        for (float value : values) {
            counts[order(value) >>> 16]++;
        }
        double lo = percentile(values, counts, low);
        double hi = percentile(values, counts, high);
        double range = Math.max(hi - lo, LEAST_RANGE);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.min(1, Math.max(0, (values[i] - lo) / range));
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
