package io.prelim.ingest.assembly;

import java.util.Arrays;

/**
 * How long the longest gap between two images of a study is, over a sender's recent studies: a histogram of log-spaced buckets, in
 * which a study counts a little less with every study after it. Small, bounded, immutable; two of them are never mixed.
 */
public final class LongestGaps {
    /** Buckets, the first up to 10 ms, each reaching {@code 2^(1/4)} times as far as the one before; the last is open. */
    public static final int BUCKETS = 64;

    private static final double FIRST_MILLIS = 10;
    private static final int PER_OCTAVE = 4;
    /** What a study keeps of its weight when another one begins: some hundred studies count. */
    private static final double KEPT = 0.99;
    /** Weight of the studies that a quiet period may split: a study splits none as long as it is among the last 69. */
    private static final double SPLIT = 0.5;

    public static final LongestGaps NONE = new LongestGaps(0, 0, new double[BUCKETS]);

    private final long studies;
    private final long gaps;
    private final double[] weights;

    private LongestGaps(long studies, long gaps, double[] weights) {
        this.studies = studies;
        this.gaps = gaps;
        this.weights = weights;
    }

    /**
     * As {@link #weights()} gave them.
     *
     * @throws IllegalArgumentException when they are not as many, or one is no weight
     */
    public static LongestGaps of(long studies, long gaps, double[] weights) {
        if (weights.length != BUCKETS || !Arrays.stream(weights).allMatch(weight -> weight >= 0 && weight < 1e12)) {
            throw new IllegalArgumentException("no weights of " + BUCKETS + " buckets");
        }
        return new LongestGaps(studies, gaps, weights.clone());
    }

    /** What these are once more has been seen. */
    public LongestGaps plus(SeenGaps seen) {
        double kept = Math.pow(KEPT, seen.studies());
        double[] sum = new double[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            sum[bucket] = Math.max(0, weights[bucket] * kept + seen.moved(bucket));
        }
        return new LongestGaps(studies + seen.studies(), gaps + seen.gaps(), sum);
    }

    /** Milliseconds that fewer than one of two hundred recent studies had a longer gap than; the upper end of a bucket. */
    long longestMillis() {
        double longer = 0;
        for (int bucket = BUCKETS - 1; bucket > 0; bucket--) {
            longer += weights[bucket];
            if (longer >= SPLIT) {
                return upperMillis(bucket);
            }
        }
        return upperMillis(0);
    }

    /** Seen in all. */
    public long studies() {
        return studies;
    }

    /** Seen in all. */
    public long gaps() {
        return gaps;
    }

    public double[] weights() {
        return weights.clone();
    }

    static int bucket(long millis) {
        if (millis <= FIRST_MILLIS) {
            return 0;
        }
        double octaves = Math.log(millis / FIRST_MILLIS) / Math.log(2);
        // a hair below, so that the upper end of a bucket is in it
        return Math.min(BUCKETS - 1, (int) Math.ceil(octaves * PER_OCTAVE - 1e-9));
    }

    static long upperMillis(int bucket) {
        return (long) Math.ceil(FIRST_MILLIS * Math.pow(2, (double) bucket / PER_OCTAVE));
    }
}
