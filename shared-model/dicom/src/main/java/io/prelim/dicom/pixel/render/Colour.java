package io.prelim.dicom.pixel.render;

import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;

/** Frames of three samples to red, green and blue (PS3.3 section C.7.6.3.1.2). */
public final class Colour {
    private Colour() {}

    /**
     * Three bytes a pixel: red, green, blue, of samples of more than 8 bits the upper ones.
     *
     * @param frame of RGB or YBR, by pixel or by plane
     */
    public static byte[] rgb(Frame frame) {
        ImageDescription image = frame.image();
        byte[] rgb = new byte[Math.toIntExact(3 * image.pixels())];
        for (int pixel = 0; pixel < rgb.length / 3; pixel++) {
            int at = 3 * pixel;
            int first = sample(frame, pixel, 0);
            int second = sample(frame, pixel, 1);
            int third = sample(frame, pixel, 2);
            switch (image.photometric()) {
                case RGB -> {
                    rgb[at] = (byte) first;
                    rgb[at + 1] = (byte) second;
                    rgb[at + 2] = (byte) third;
                }
                case YBR_FULL, YBR_FULL_422 -> full(first, second - 128, third - 128, rgb, at);
                case YBR_PARTIAL_422 -> partial(first - 16, second - 128, third - 128, rgb, at);
                default -> throw new IllegalArgumentException("no colours in " + image.photometric());
            }
        }
        return rgb;
    }

    /** The inverse of Y = 0.299 R + 0.587 G + 0.114 B, and of differences scaled to half the range. */
    private static void full(double y, double cb, double cr, byte[] rgb, int at) {
        rgb[at] = level(y + 1.402 * cr);
        rgb[at + 1] = level(y - 0.114 * 1.772 / 0.587 * cb - 0.299 * 1.402 / 0.587 * cr);
        rgb[at + 2] = level(y + 1.772 * cb);
    }

    /** As above, of 219 steps of luminance and 224 of differences. */
    private static void partial(double y, double cb, double cr, byte[] rgb, int at) {
        full(y * 255 / 219, cb * 255 / 224, cr * 255 / 224, rgb, at);
    }

    private static byte level(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** A sample's upper 8 bits, wherever it lies. */
    private static int sample(Frame frame, int pixel, int sample) {
        ImageDescription image = frame.image();
        long index;
        if (image.photometric().halved()) {
            // two luminances, then the differences of both
            long pair =
                    ((long) pixel / image.columns() * ((image.columns() + 1) / 2) + pixel % image.columns() / 2) * 4;
            index = pair + (sample == 0 ? pixel % image.columns() % 2 : sample + 1);
        } else {
            index = image.planar() ? sample * image.pixels() + pixel : 3L * pixel + sample;
        }
        long stored = frame.stored(index);
        int bits = image.bitsStored();
        return (int) (bits >= 8 ? stored >> (bits - 8) : stored << (8 - bits)) & 0xFF;
    }

    /** Whether {@link #rgb} reads frames of the interpretation. */
    public static boolean reads(Photometric photometric) {
        return switch (photometric) {
            case RGB, YBR_FULL, YBR_FULL_422, YBR_PARTIAL_422 -> true;
            default -> false;
        };
    }
}
