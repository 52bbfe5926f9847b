package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
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
     * @param frame MONOCHROME1 or MONOCHROME2
     * @param inverted whether the least values are white, as {@link #inverted} says
     */
    public static byte[] grey(Frame frame, ModalityTransform modality, VoiTransform voi, boolean inverted) {
        ImageDescription image = frame.image();
        if (!isGrey(image.photometric())) {
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

    /** Whether {@link #grey} shows frames of the interpretation. */
    public static boolean isGrey(Photometric photometric) {
        return photometric == Photometric.MONOCHROME1 || photometric == Photometric.MONOCHROME2;
    }

    /**
     * Whether the least values are white: as the image's Presentation LUT Shape says it (PS3.3 section C.8.11.3.1.2), else as
     * Photometric Interpretation does.
     *
     * @param dataSet of the image
     */
    public static boolean inverted(DataSet dataSet, Photometric photometric) {
        String shape = dataSet.string(Tag.PRESENTATION_LUT_SHAPE);
        if ("INVERSE".equals(shape)) {
            return true;
        }
        return photometric == Photometric.MONOCHROME1 && !"IDENTITY".equals(shape);
    }

    /**
     * A window from the least to the greatest modality value of a frame, padding left out: what is shown where an image names
     * nothing. Single bits are black and white whichever of them there are.
     */
    public static VoiTransform range(Frame frame, ModalityTransform modality, PixelPadding padding) {
        ImageDescription image = frame.image();
        if (image.bitsStored() == 1) {
            return VoiTransform.over(modality.apply(image.least()), modality.apply(image.greatest()));
        }
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        long pixels = image.pixels();
        for (long i = 0; i < pixels; i++) {
            long stored = frame.stored(i);
            if (!padding.contains(stored)) {
                double value = modality.apply(stored);
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
        }
        return greatest < least ? VoiTransform.over(0, 0) : VoiTransform.over(least, greatest);
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
