package io.prelim.inference.prepare;

import io.prelim.inference.model.Preparation.Interpolation;

/** Weights of a change of size along one axis: each output is a weighted sum of neighbouring samples; both ends never run back. */
final class AxisFilter {
    /** Cubic convolution as PyTorch and OpenCV have it. */
    private static final double CUBIC = -0.75;
    /** A last sample that rounding put beyond the end is still there. */
    private static final double ROUNDING = 1e-6;

    private final int[] first;
    private final float[][] weights;

    private AxisFilter(int out) {
        first = new int[out];
        weights = new float[out][];
    }

    /**
     * @param in  samples, 1 or more
     * @param out samples, 1 or more
     */
    static AxisFilter of(Interpolation interpolation, int in, int out) {
        AxisFilter filter = new AxisFilter(out);
        double scale = (double) in / out;
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            switch (interpolation) {
                case NEAREST -> filter.set(i, (int) ((long) i * in / out), 1);
                case BILINEAR -> filter.between(i, Math.max(0, centre - 0.5), in);
                case BICUBIC -> filter.cubic(i, centre - 0.5, in);
                case BILINEAR_ANTIALIAS -> filter.triangle(i, centre, Math.max(scale, 1), in);
            }
        }
        return filter;
    }

    /** Samples as they are. */
    static AxisFilter identity(int size) {
        return of(Interpolation.NEAREST, size, size);
    }

    /** How many samples {@link #spaced} gives, at least 1. */
    static double spacedSize(int in, double spacing, double wanted) {
        return Math.floor((in - 1) * spacing / wanted + ROUNDING) + 1;
    }

    /**
     * Linear at another spacing.
     *
     * @param fromEnd whether the last sample stays where it is, and not the first
     */
    static AxisFilter spaced(int in, double spacing, double wanted, boolean fromEnd) {
        AxisFilter filter = new AxisFilter((int) spacedSize(in, spacing, wanted));
        for (int i = 0; i < filter.size(); i++) {
            double place = fromEnd ? in - 1 - (filter.size() - 1 - i) * wanted / spacing : i * wanted / spacing;
            filter.between(i, Math.max(0, place), in);
        }
        return filter;
    }

    private void set(int i, int from, double... values) {
        first[i] = from;
        weights[i] = new float[values.length];
        for (int j = 0; j < values.length; j++) {
            weights[i][j] = (float) values[j];
        }
    }

    private void between(int i, double place, int in) {
        int from = (int) Math.min(place, in - 1);
        double part = from < in - 1 ? place - from : 0;
        if (part == 0) {
            set(i, from, 1);
        } else {
            set(i, from, 1 - part, part);
        }
    }

    /** Samples beyond the ends are those at the ends. */
    private void cubic(int i, double place, int in) {
        int middle = (int) Math.floor(place);
        int from = Math.max(0, middle - 1);
        int to = Math.min(in - 1, middle + 2);
        double[] window = new double[to - from + 1];
        for (int sample = middle - 1; sample <= middle + 2; sample++) {
            window[Math.max(from, Math.min(to, sample)) - from] += cubic(Math.abs(place - sample));
        }
        set(i, from, window);
    }

    private static double cubic(double x) {
        return x <= 1
                ? ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1
                : ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC;
    }

    private void triangle(int i, double centre, double support, int in) {
        int from = Math.max((int) (centre - support + 0.5), 0);
        int to = Math.min((int) (centre + support + 0.5), in);
        double[] window = new double[to - from];
        double sum = 0;
        for (int j = 0; j < window.length; j++) {
            window[j] = Math.max(0, 1 - Math.abs((from + j - centre + 0.5) / support));
            sum += window[j];
        }
        for (int j = 0; j < window.length; j++) {
            window[j] /= sum;
        }
        set(i, from, window);
    }

    /** Output samples. */
    int size() {
        return first.length;
    }

    /** The first input sample that output {@code i} reads. */
    int first(int i) {
        return first[i];
    }

    /** One weight for each input sample from {@link #first}, of sum 1; not to be changed. */
    float[] weights(int i) {
        return weights[i];
    }

    /** The first after those that output {@code i} reads. */
    int end(int i) {
        return first[i] + weights[i].length;
    }
}
