package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.PixelRefusal;
import java.awt.image.Raster;

/** Puts decoded samples where native pixel data has them, by pixel. */
final class Samples {
    private Samples() {}

    /**
     * @param raster as large as the image, and of as many bands
     * @param photometric what its samples mean
     * @param lossyBits the code stream's precision where it is lossy and has the image's signs, else 0
     */
    static Frame frame(Raster raster, ImageDescription image, Photometric photometric, int lossyBits)
            throws MalformedInput {
        if (raster.getWidth() != image.columns()
                || raster.getHeight() != image.rows()
                || raster.getNumBands() != image.samples()) {
            throw PixelRefusal.structure("decoded frame of another size than its image", 0, -1);
        }
        return frame(
                (y, row) -> raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.columns(), 1, row),
                image,
                photometric,
                lossyBits);
    }

    /**
     * @param samples unsigned, by pixel, row by row
     * @param photometric what they mean
     * @param lossyBits the code stream's precision where it is lossy and has the image's signs, else 0
     */
    static Frame frame(short[] samples, ImageDescription image, Photometric photometric, int lossyBits)
            throws MalformedInput {
        if (samples.length != image.pixels() * image.samples()) {
            throw PixelRefusal.structure("decoded frame of another size than its image", 0, samples.length);
        }
        return frame(
                (y, row) -> {
                    for (int i = 0; i < row.length; i++) {
                        row[i] = samples[y * row.length + i] & 0xFFFF;
                    }
                },
                image,
                photometric,
                lossyBits);
    }

    private interface Rows {
        void read(int y, int[] row);
    }

    private static Frame frame(Rows rows, ImageDescription image, Photometric photometric, int lossyBits) {
        ImageDescription decoded = image.as(photometric, false);
        byte[] bytes = new byte[(int) decoded.frameBytes()];
        int[] row = new int[image.columns() * image.samples()];
        boolean beyond = lossyBits > image.bitsStored() && image.highBit() == image.bitsStored() - 1;
        for (int y = 0; y < image.rows(); y++) {
            rows.read(y, row);
            if (beyond) {
                bound(row, image, lossyBits);
            }
            put(row, (long) y * row.length, image.bitsAllocated(), bytes);
        }
        return new Frame(decoded, bytes);
    }

    /**
     * Loss may carry a sample past the stored bits where the code stream has more: left so, white would be read as black. Without
     * loss, what lies above the stored bits was there before, such as an overlay.
     */
    private static void bound(int[] row, ImageDescription image, int bits) {
        int above = 32 - bits;
        for (int i = 0; i < row.length; i++) {
            int sample = image.signed() ? row[i] << above >> above : row[i];
            row[i] = (int) Math.max(image.least(), Math.min(image.greatest(), sample));
        }
    }

    private static void put(int[] row, long first, int bits, byte[] bytes) {
        if (bits == 1) {
            for (int i = 0; i < row.length; i++) {
                long at = first + i;
                bytes[(int) (at >>> 3)] |= (byte) ((row[i] & 1) << (at & 7));
            }
            return;
        }
        int width = bits / 8;
        int at = (int) first * width;
        for (int sample : row) {
            for (int i = 0; i < width; i++) {
                // a sign goes on into bytes beyond an int's
                bytes[at++] = (byte) (sample >> Math.min(31, 8 * i));
            }
        }
    }

    /** Refuses what cannot be put into the bits that the data set has for a sample. */
    static void check(int precision, ImageDescription image) throws MalformedInput {
        if (image.bitsAllocated() != 1 && image.bitsAllocated() % 8 != 0) {
            throw PixelRefusal.unsupported("decoded samples of no whole bytes");
        }
        if (precision > image.bitsAllocated()) {
            throw PixelRefusal.structure("samples of more bits than allocated", 0, precision);
        }
    }
}
