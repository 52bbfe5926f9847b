package io.prelim.inference.prepare;

/**
 * Weights of a resize along one axis: a triangle as wide as the reduction, so that nothing is skipped (bilinear with antialiasing; as
 * PyTorch's {@code interpolate(antialias=True, align_corners=False)} and Pillow's {@code BILINEAR}).
 */
final class TriangleFilter {
    private final int[] first;
    private final float[][] weights;

    /**
     * @param in  samples, 1 or more
     * @param out samples, 1 or more
     */
    TriangleFilter(int in, int out) {
        first = new int[out];
        weights = new float[out][];
        double scale = (double) in / out;
        double support = Math.max(scale, 1);
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            int from = Math.max((int) (centre - support + 0.5), 0);
            int to = Math.min((int) (centre + support + 0.5), in);
            double[] window = new double[to - from];
            double sum = 0;
            for (int j = 0; j < window.length; j++) {
                window[j] = Math.max(0, 1 - Math.abs((from + j - centre + 0.5) / support));
                sum += window[j];
            }
            first[i] = from;
            weights[i] = new float[window.length];
            for (int j = 0; j < window.length; j++) {
                weights[i][j] = (float) (window[j] / sum);
            }
        }
    }

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
}
