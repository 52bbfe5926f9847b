package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.ImageDescription;
import java.util.List;

/**
 * Stored values that fill up a frame's borders and measure nothing (PS3.3 section C.7.5.1.1.2).
 *
 * @param least the least of them
 * @param greatest the greatest of them; below least where there are none
 */
public record PixelPadding(long least, long greatest) {
    /** No value is padding. */
    public static final PixelPadding NONE = new PixelPadding(0, -1);

    /**
     * Pixel Padding Value, and what lies between it and Pixel Padding Range Limit, in either order. A negative value that was written
     * as an unsigned one, or the reverse, is taken as the image's values are. In a segmentation it is the background, a value like
     * others (section C.8.20.2).
     */
    public static PixelPadding of(DataSet dataSet, ImageDescription image) {
        List<Double> values = dataSet.decimals(Tag.PIXEL_PADDING_VALUE);
        if (values.isEmpty() || dataSet.contains(Tag.SEGMENTATION_TYPE)) {
            return NONE;
        }
        List<Double> limits = dataSet.decimals(Tag.PIXEL_PADDING_RANGE_LIMIT);
        long value = stored(values.get(0), image);
        long limit = limits.isEmpty() ? value : stored(limits.get(0), image);
        return new PixelPadding(Math.min(value, limit), Math.max(value, limit));
    }

    private static long stored(double value, ImageDescription image) {
        long whole = (long) value;
        if (image.bitsAllocated() > 16) {
            return whole;
        }
        return image.signed() ? (short) whole : whole & 0xFFFF;
    }

    /** Whether a stored value is padding. */
    public boolean contains(long stored) {
        return stored >= least && stored <= greatest;
    }
}
