package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.List;

/** From stored values to the modality's own, such as Hounsfield units (PS3.3 section C.11.1). */
public sealed interface ModalityTransform {
    /** Stored values are the modality's. */
    ModalityTransform IDENTITY = new Rescale(1, 0);

    /** The modality value of a stored one. */
    double apply(long stored);

    /**
     * Along a line.
     *
     * @param slope finite
     * @param intercept finite
     */
    record Rescale(double slope, double intercept) implements ModalityTransform {
        @Override
        public double apply(long stored) {
            return stored * slope + intercept;
        }
    }

    /** A table, where values do not go along a line. */
    record Table(LookupTable table) implements ModalityTransform {
        @Override
        public double apply(long stored) {
            return table.apply(stored);
        }
    }

    /**
     * The one in a data set, or in an item of an enhanced image's Pixel Value Transformation Sequence: the table where there is
     * one, else slope and intercept, else none.
     *
     * @param signed whether stored values are
     * @throws MalformedInput when the table or the numbers are none
     */
    static ModalityTransform of(DataSet dataSet, boolean signed) throws MalformedInput {
        List<DataSet> tables = dataSet.items(Tag.MODALITY_LUT_SEQUENCE);
        if (!tables.isEmpty()) {
            return new Table(LookupTable.of(tables.get(0), signed));
        }
        double slope = finite(dataSet, Tag.RESCALE_SLOPE, 1);
        double intercept = finite(dataSet, Tag.RESCALE_INTERCEPT, 0);
        return slope == 1 && intercept == 0 ? IDENTITY : new Rescale(slope, intercept);
    }

    private static double finite(DataSet dataSet, int tag, double absent) throws MalformedInput {
        if (dataSet.string(tag) == null) {
            return absent;
        }
        List<Double> numbers = dataSet.decimals(tag);
        if (numbers.isEmpty() || !Double.isFinite(numbers.get(0))) {
            throw PixelRefusal.element("no number to rescale with", tag, -1);
        }
        return numbers.get(0);
    }
}
