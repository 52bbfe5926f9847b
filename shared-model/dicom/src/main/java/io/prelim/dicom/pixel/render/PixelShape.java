package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.FunctionalGroups;
import java.util.List;

/** How wide a pixel is for its height (PS3.3 sections 10.7 and C.7.6.3.1.7). */
final class PixelShape {
    /** No pixel is longer than that; a number beyond is an error of who wrote it. */
    private static final double LONGEST = 64;
    /** Decimals are rounded: what differs by less is the same. */
    private static final double SAME = 0.001;

    private static final int[] BESIDE_THE_GROUPS = {
        Tag.IMAGER_PIXEL_SPACING, Tag.NOMINAL_SCANNED_PIXEL_SPACING, Tag.PIXEL_ASPECT_RATIO
    };

    private PixelShape() {}

    /**
     * Width over height: of Pixel Spacing, else Imager Pixel Spacing, Nominal Scanned Pixel Spacing, Pixel Aspect Ratio. 1 where none of
     * them says two usable numbers.
     *
     * @param frame from 0
     */
    static double aspect(DataSet dataSet, FunctionalGroups groups, int frame) {
        double aspect = aspect(groups.group(frame, Tag.PIXEL_MEASURES_SEQUENCE), Tag.PIXEL_SPACING);
        for (int i = 0; Double.isNaN(aspect) && i < BESIDE_THE_GROUPS.length; i++) {
            aspect = aspect(dataSet, BESIDE_THE_GROUPS[i]);
        }
        return Double.isNaN(aspect) || Math.abs(aspect - 1) < SAME ? 1 : aspect;
    }

    /** All of them say the height, then the width; NaN where it is not usable. */
    private static double aspect(DataSet dataSet, int tag) {
        List<Double> numbers = dataSet.decimals(tag);
        if (numbers.size() < 2) {
            return Double.NaN;
        }
        double height = numbers.get(0);
        double width = numbers.get(1);
        double aspect = width / height;
        return height > 0 && width > 0 && aspect >= 1 / LONGEST && aspect <= LONGEST ? aspect : Double.NaN;
    }
}
