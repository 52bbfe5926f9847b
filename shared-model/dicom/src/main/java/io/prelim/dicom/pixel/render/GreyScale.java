package io.prelim.dicom.pixel.render;

import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;

/** Frames of one sample to greys for a display: modality, then values of interest, then what is white (PS3.4 annex N.2). */
public final class GreyScale {
    /** Up to so many bits, each stored value is worked out once. */
    private static final int TABLED_BITS = 16;

    private GreyScale() {}

    /**
     * A byte a pixel, 0 black and 255 white, from the top left row by row.
     *
     * @param frame MONOCHROME1, whose least values are white, or MONOCHROME2
     */
    public static byte[] grey(Frame frame, ModalityTransform modality, VoiTransform voi) {
        ImageDescription image = frame.image();
        boolean inverted = image.photometric() == Photometric.MONOCHROME1;
        if (!inverted && image.photometric() != Photometric.MONOCHROME2) {
            throw new IllegalArgumentException("no greys in " + image.photometric());
        }
        byte[] greys = new byte[Math.toIntExact(image.pixels())];
        if (image.bitsStored() > TABLED_BITS) {
            for (int i = 0; i < greys.length; i++) {
                greys[i] = grey(frame.stored(i), modality, voi, inverted);
            }
            return greys;
        }
        byte[] table = new byte[1 << image.bitsStored()];
        for (int i = 0; i < table.length; i++) {
            table[i] = grey(image.least() + i, modality, voi, inverted);
        }
        for (int i = 0; i < greys.length; i++) {
            greys[i] = table[(int) (frame.stored(i) - image.least())];
        }
        return greys;
    }

    private static byte grey(long stored, ModalityTransform modality, VoiTransform voi, boolean inverted) {
        double value = voi.apply(modality.apply(stored));
        return (byte) Math.round(255 * (inverted ? 1 - value : value));
    }

    /**
     * The modality's values, one a pixel: what is measured and what models read. MONOCHROME1 is not turned: only a display does.
     *
     * @param frame of one sample a pixel
     */
    public static float[] values(Frame frame, ModalityTransform modality) {
        ImageDescription image = frame.image();
        if (image.samples() != 1) {
            throw new IllegalArgumentException("no modality values in " + image.photometric());
        }
        float[] values = new float[Math.toIntExact(image.pixels())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) modality.apply(frame.stored(i));
        }
        return values;
    }
}
