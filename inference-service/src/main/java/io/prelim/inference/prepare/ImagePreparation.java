package io.prelim.inference.prepare;

import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.model.Preparation;

/** Carries out a {@link Preparation.SingleFrame}: pixels of one image to a tensor, equal to a numpy/PyTorch reference within 1e-4. */
public final class ImagePreparation {
    private ImagePreparation() {}

    /**
     * Checks what can be told before the pixels are fetched.
     *
     * @throws UnpreparedImage with the reason why the image cannot be read
     */
    public static void check(Image image, long maxPixels) throws UnpreparedImage {
        PixelLayout.of(image, maxPixels);
    }

    /**
     * @param pixels the image's whole pixels part
     * @throws UnpreparedImage as {@link #check}
     */
    public static Tensor prepare(Preparation.SingleFrame preparation, Image image, byte[] pixels, long maxPixels)
            throws UnpreparedImage {
        PixelLayout layout = PixelLayout.of(image, maxPixels);
        float[] resized = resize(layout, new GreyRows(layout, pixels), preparation.width(), preparation.height());
        PercentileScale.apply(
                resized, preparation.intensity().low(), preparation.intensity().high());
        return new Tensor(resized, new long[] {1, 1, preparation.height(), preparation.width()});
    }

    /** Horizontal, then vertical; a row is widened into the output rows that read it as soon as it is known. */
    private static float[] resize(PixelLayout layout, GreyRows rows, int width, int height) {
        TriangleFilter across = new TriangleFilter(layout.columns(), width);
        TriangleFilter down = new TriangleFilter(layout.rows(), height);
        float[] result = new float[Math.multiplyExact(width, height)];
        float[] grey = new float[layout.columns()];
        float[] narrow = new float[width];
        int firstOutput = 0;
        for (int y = 0; y < layout.rows(); y++) {
            rows.read(y, grey);
            narrow(across, grey, narrow);
            while (firstOutput < height && down.first(firstOutput) + down.weights(firstOutput).length <= y) {
                firstOutput++;
            }
            for (int i = firstOutput; i < height && down.first(i) <= y; i++) {
                float[] weights = down.weights(i);
                if (y - down.first(i) < weights.length) {
                    add(narrow, weights[y - down.first(i)], result, i * width);
                }
            }
        }
        return result;
    }

    private static void narrow(TriangleFilter across, float[] grey, float[] narrow) {
        for (int i = 0; i < narrow.length; i++) {
            float[] weights = across.weights(i);
            int first = across.first(i);
            float sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * grey[first + j];
            }
            narrow[i] = sum;
        }
    }

    private static void add(float[] row, float weight, float[] result, int at) {
        for (int x = 0; x < row.length; x++) {
            result[at + x] += weight * row[x];
        }
    }
}
