package io.prelim.inference.prepare;

import io.prelim.inference.model.Preparation.Resize;
import io.prelim.inference.model.Preparation.SingleFrame;

/**
 * Where a frame lies in its tensor: it was resized, then cut or filled up around its centre. Coordinates are of edges: a frame of n columns
 * reaches from 0 to n, the middle of its first pixel is 0.5.
 *
 * @param columns        of the frame
 * @param rows           of the frame
 * @param resizedColumns of the frame after its resize
 * @param resizedRows    of the frame after its resize
 * @param width          of the tensor
 * @param height         of the tensor
 */
public record FramePlace(int columns, int rows, int resizedColumns, int resizedRows, int width, int height) {
    static FramePlace of(SingleFrame how, int columns, int rows) {
        int resizedColumns = columns;
        int resizedRows = rows;
        if (how.resize().isPresent()) {
            Resize resize = how.resize().get();
            double across = (double) resize.width() / columns;
            double down = (double) resize.height() / rows;
            switch (resize.mode()) {
                case SQUASH -> {
                    resizedColumns = resize.width();
                    resizedRows = resize.height();
                }
                case CONTAIN -> {
                    resizedColumns = scaled(columns, Math.min(across, down));
                    resizedRows = scaled(rows, Math.min(across, down));
                }
                case COVER -> {
                    resizedColumns = scaled(columns, Math.max(across, down));
                    resizedRows = scaled(rows, Math.max(across, down));
                }
            }
        }
        return new FramePlace(columns, rows, resizedColumns, resizedRows, how.width(), how.height());
    }

    private static int scaled(int size, double scale) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(size * scale)));
    }

    /** Where a place of the frame lies in the tensor, below 0 or above its width when it was cut off. */
    public double across(double x) {
        return x * resizedColumns / columns - FrameLayout.centred(resizedColumns, width);
    }

    /** As {@link #across}, of rows. */
    public double down(double y) {
        return y * resizedRows / rows - FrameLayout.centred(resizedRows, height);
    }
}
