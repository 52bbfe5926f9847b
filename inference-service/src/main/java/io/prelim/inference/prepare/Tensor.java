package io.prelim.inference.prepare;

/**
 * Numbers for a model, row-major.
 *
 * @param values not to be changed; their number is the product of {@code shape}
 * @param shape  such as {@code [1, 1, height, width]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(float[] values, long[] shape) {
    /** @throws IllegalArgumentException if shape and number of values differ */
    public Tensor {
        long product = 1;
        for (long side : shape) {
            product = Math.multiplyExact(product, side);
        }
        if (product != values.length) {
            throw new IllegalArgumentException(values.length + " values do not fill a tensor of " + product);
        }
    }
}
