package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.ArrayList;
import java.util.List;

/** From the modality's values to those of interest, 0 to 1 (PS3.3 section C.11.2). */
public sealed interface VoiTransform {
    /** 0 to 1 for a modality value. */
    double apply(double value);

    /** How a window goes from least to greatest. */
    enum Function {
        /** Section C.11.2.1.2.1: the width counts values, its ends are whole ones. */
        LINEAR,
        /** Section C.11.2.1.3.2: from center - width / 2 to center + width / 2. */
        LINEAR_EXACT,
        /** Section C.11.2.1.3.1. */
        SIGMOID
    }

    /**
     * A window.
     *
     * @param center of the values shown
     * @param width 1 or more where linear, above 0 else
     */
    record Window(double center, double width, Function function) implements VoiTransform {
        @Override
        public double apply(double value) {
            return switch (function) {
                case LINEAR -> linear(value);
                case LINEAR_EXACT -> Math.max(0, Math.min(1, (value - center) / width + 0.5));
                case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - center) / width));
            };
        }

        private double linear(double value) {
            double middle = center - 0.5;
            double half = (width - 1) / 2;
            if (value <= middle - half) {
                return 0;
            }
            return value > middle + half ? 1 : (value - middle) / (width - 1) + 0.5;
        }
    }

    /** A table, its greatest entry by its bits being 1. */
    record Table(LookupTable table) implements VoiTransform {
        @Override
        public double apply(double value) {
            return Math.min(1, table.apply(Math.round(value)) / (double) ((1 << table.bits()) - 1));
        }
    }

    /** A window over a range: what is shown where an image names none. */
    static VoiTransform over(double least, double greatest) {
        return new Window((least + greatest) / 2, Math.max(Double.MIN_NORMAL, greatest - least), Function.LINEAR_EXACT);
    }

    /**
     * Those of a data set, or of an item of an enhanced image's Frame VOI LUT Sequence, in order of its alternatives: windows, then
     * tables. None where it names none.
     *
     * @param signed whether the values that go in may be negative
     * @throws MalformedInput when a window or table is none
     */
    static List<VoiTransform> of(DataSet dataSet, boolean signed) throws MalformedInput {
        List<VoiTransform> all = new ArrayList<>();
        Function function = function(dataSet);
        List<Double> centers = dataSet.decimals(Tag.WINDOW_CENTER);
        List<Double> widths = dataSet.decimals(Tag.WINDOW_WIDTH);
        for (int i = 0; i < Math.min(centers.size(), widths.size()); i++) {
            double center = centers.get(i);
            double width = widths.get(i);
            double least = function == Function.LINEAR ? 1 : Double.MIN_NORMAL;
            if (!Double.isFinite(center) || !Double.isFinite(width) || width < least) {
                throw PixelRefusal.element("window of no width", Tag.WINDOW_WIDTH, -1);
            }
            all.add(new Window(center, width, function));
        }
        for (DataSet item : dataSet.items(Tag.VOI_LUT_SEQUENCE)) {
            all.add(new Table(LookupTable.of(item, signed)));
        }
        return all;
    }

    private static Function function(DataSet dataSet) throws MalformedInput {
        String term = dataSet.string(Tag.VOI_LUT_FUNCTION);
        if (term == null) {
            return Function.LINEAR;
        }
        for (Function function : Function.values()) {
            if (function.name().equals(term)) {
                return function;
            }
        }
        throw PixelRefusal.element("window function that is none", Tag.VOI_LUT_FUNCTION, -1);
    }
}
