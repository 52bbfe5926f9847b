package io.prelim.inference.evidence;

import io.prelim.dicom.pixel.render.PictureFormat;
import io.prelim.inference.prepare.FramePlace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A map over a tensor, drawn as an 8-bit grey PNG that covers the whole frame the tensor was made from: whoever shows it stretches it over
 * the frame. Black is nothing: values at or below zero, and what the preparation cut off. White is the map's highest value, that of what was
 * filled up around the frame included. Between the map's values is bilinear, beyond its edges is as at them.
 */
public final class SaliencyMap {
    /** Pixels of the picture's longer side, at most. */
    public static final int LONGEST = 256;

    public static final String MEDIA_TYPE = PictureFormat.PNG.mediaType();

    private SaliencyMap() {}

    /**
     * @param values row-major, from {@code first} on, {@code height × width} of them, spread evenly over the tensor
     * @return empty when one of them is no number
     */
    public static Optional<byte[]> png(FramePlace place, float[] values, int first, int height, int width) {
        float highest = 0;
        for (int i = first; i < first + height * width; i++) {
            if (!Float.isFinite(values[i])) {
                return Optional.empty();
            }
            highest = Math.max(highest, values[i]);
        }
        double scale = Math.min(1, (double) LONGEST / Math.max(place.columns(), place.rows()));
        int columns = (int) Math.max(1, Math.round(place.columns() * scale));
        int rows = (int) Math.max(1, Math.round(place.rows() * scale));
        BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
        byte[] levels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int y = 0; highest > 0 && y < rows; y++) {
            double down = place.down((y + 0.5) * place.rows() / rows);
            for (int x = 0; x < columns; x++) {
                double across = place.across((x + 0.5) * place.columns() / columns);
                if (down >= 0 && down < place.height() && across >= 0 && across < place.width()) {
                    double value = between(
                            values,
                            first,
                            height,
                            width,
                            down * height / place.height(),
                            across * width / place.width());
                    levels[y * columns + x] = (byte) Math.round(255 * value / highest);
                }
            }
        }
        return Optional.of(png(picture));
    }

    private static double between(float[] values, int first, int height, int width, double y, double x) {
        double down = Math.max(0, Math.min(height - 1, y - 0.5));
        double across = Math.max(0, Math.min(width - 1, x - 0.5));
        int top = (int) down;
        int left = (int) across;
        int bottom = Math.min(height - 1, top + 1);
        int right = Math.min(width - 1, left + 1);
        double low = between(
                positive(values[first + top * width + left]),
                positive(values[first + top * width + right]),
                across - left);
        double high = between(
                positive(values[first + bottom * width + left]),
                positive(values[first + bottom * width + right]),
                across - left);
        return between(low, high, down - top);
    }

    private static double between(double from, double to, double part) {
        return from + (to - from) * part;
    }

    private static float positive(float value) {
        return Math.max(0, value);
    }

    private static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PictureFormat.PNG.write(picture, PictureFormat.DEFAULT_QUALITY, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toByteArray();
    }
}
