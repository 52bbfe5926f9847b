package io.prelim.inference.model;

/**
 * How the pixels of a study become the model's input, as the manifest declares it. A new kind is a new record here and one new class
 * in {@code prepare}; never code of a single model.
 */
public sealed interface Preparation {
    /**
     * One grey image becomes one tensor of shape {@code [1, 1, height, width]}, float32.
     *
     * @param width     columns of the tensor; the image is squashed to it, its aspect ratio is not kept
     * @param height    rows of the tensor
     * @param intensity how grey values become numbers
     */
    record SingleFrame(int width, int height, Percentile intensity) implements Preparation {}

    /**
     * {@code (v - lo) / max(hi - lo, 1e-6)} clipped to 0..1, lo and hi being percentiles of the resized image by linear interpolation
     * (numpy's default).
     *
     * @param low  0 to 100, in percent
     * @param high above {@code low}
     */
    record Percentile(double low, double high) {}
}
