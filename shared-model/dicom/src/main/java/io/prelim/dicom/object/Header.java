package io.prelim.dicom.object;

import io.prelim.dicom.core.Leniency;
import java.util.Set;

/**
 * What comes before pixel data.
 *
 * @param dataSet all elements before (7FE0,0010); the whole data set when there is no pixel data
 * @param headerLength bytes of those elements, none of the pixel data element among them; of a deflated object, inflated
 *     ones
 * @param pixelData null when the data set has none
 * @param deviations departures from the standard that were let pass
 */
public record Header(DataSet dataSet, long headerLength, PixelData pixelData, Set<Leniency> deviations) {
    public Header {
        deviations = Set.copyOf(deviations);
    }
}
