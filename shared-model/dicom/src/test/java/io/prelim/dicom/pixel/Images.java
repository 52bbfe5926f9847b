package io.prelim.dicom.pixel;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;

/** Data sets that describe images. */
public final class Images {
    private Images() {}

    /** Unsigned grey, all bits stored. */
    public static DataSet grey(int rows, int columns, int bits) {
        return new DataSet()
                .putInteger(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInteger(Tag.ROWS, rows)
                .putInteger(Tag.COLUMNS, columns)
                .putInteger(Tag.BITS_ALLOCATED, bits)
                .putInteger(Tag.BITS_STORED, bits)
                .putInteger(Tag.HIGH_BIT, bits - 1)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0);
    }

    /** Three samples of 8 bits. */
    public static DataSet colour(int rows, int columns, Photometric photometric, boolean planar) {
        return grey(rows, columns, 8)
                .putInteger(Tag.SAMPLES_PER_PIXEL, 3)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, photometric.term())
                .putInteger(Tag.PLANAR_CONFIGURATION, planar ? 1 : 0);
    }

    /** The description of a data set that describes an image. */
    public static ImageDescription describe(DataSet dataSet) {
        try {
            return ImageDescription.of(dataSet, PixelLimits.DEFAULT);
        } catch (MalformedInput e) {
            throw new IllegalArgumentException(e);
        }
    }
}
