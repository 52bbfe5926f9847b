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
        LINEAR("linear"),
        /** Section C.11.2.1.3.2: from center - width / 2 to center + width / 2. */
        LINEAR_EXACT("linear-exact"),
        /** Section C.11.2.1.3.1. */
        SIGMOID("sigmoid");

        private final String keyword;

        Function(String keyword) {
            this.keyword = keyword;
        }

        private static Function ofKeyword(String keyword) throws MalformedInput {
            for (Function function : values()) {
                if (function.keyword.equals(keyword)) {
                    return function;
                }
            }
            throw PixelRefusal.parameter("window function other than linear, linear-exact and sigmoid");
        }
    }

    /**
     * A window.
     *
     * @param center of the values shown
     * @param width 1 or more where linear, above 0 else
     */
    record Window(double center, double width, Function function) implements VoiTransform {
        /**
         * The window of the query parameter {@code window=center,width,function} (PS3.18 section 8.3.5.1.4); without a function it
         * is linear.
         *
         * @throws MalformedInput when it is none, or has no width
         */
        public static Window parse(String value) throws MalformedInput {
            String[] words = value.split(",", -1);
            if (words.length < 2 || words.length > 3) {
                throw PixelRefusal.parameter("window other than center,width,function");
            }
            double center = QueryNumber.decimal(words[0]);
            double width = QueryNumber.decimal(words[1]);
            Function function = words.length == 2 ? Function.LINEAR : Function.ofKeyword(words[2]);
            if (!isOne(center, width, function)) {
                throw PixelRefusal.parameter("window of no width");
            }
            return new Window(center, width, function);
        }

        private static boolean isOne(double center, double width, Function function) {
            double least = function == Function.LINEAR ? 1 : Double.MIN_NORMAL;
            return Double.isFinite(center) && Double.isFinite(width) && width >= least;
        }

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

    /** A window over a range: what is shown where an image names none. A range of one value is black. */
    static VoiTransform over(double least, double greatest) {
        return greatest > least
                ? new Window(least / 2 + greatest / 2, greatest - least, Function.LINEAR_EXACT)
                : new Window(least + 0.5, 1, Function.LINEAR);
    }

    /**
     * Those of a data set, or of an item of an enhanced image's Frame VOI LUT Sequence, in order of its alternatives: windows, then
     * tables. None where it names none; a window without a width, as of writers that fill what they do not know with zeros, is none.
     *
     * @param signed whether the values that go in may be negative
     * @throws MalformedInput when a table is none, or a window's function is not known
     */
    static List<VoiTransform> of(DataSet dataSet, boolean signed) throws MalformedInput {
        List<VoiTransform> all = new ArrayList<>(windows(dataSet));
        for (DataSet item : dataSet.items(Tag.VOI_LUT_SEQUENCE)) {
            all.add(new Table(LookupTable.of(item, signed)));
        }
        return all;
    }

    /** The first of {@link #of}, or null; a table that is not used is not read. */
    static VoiTransform first(DataSet dataSet, boolean signed) throws MalformedInput {
        List<Window> windows = windows(dataSet);
        if (!windows.isEmpty()) {
            return windows.get(0);
        }
        List<DataSet> tables = dataSet.items(Tag.VOI_LUT_SEQUENCE);
        return tables.isEmpty() ? null : new Table(LookupTable.of(tables.get(0), signed));
    }

    private static List<Window> windows(DataSet dataSet) throws MalformedInput {
        List<Double> centers = dataSet.decimals(Tag.WINDOW_CENTER);
        List<Double> widths = dataSet.decimals(Tag.WINDOW_WIDTH);
        int count = Math.min(centers.size(), widths.size());
        List<Window> windows = new ArrayList<>(count);
        Function function = count == 0 ? Function.LINEAR : function(dataSet);
        for (int i = 0; i < count; i++) {
            if (Window.isOne(centers.get(i), widths.get(i), function)) {
                windows.add(new Window(centers.get(i), widths.get(i), function));
            }
        }
        return windows;
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
