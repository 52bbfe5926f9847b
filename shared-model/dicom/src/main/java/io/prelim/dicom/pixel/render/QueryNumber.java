package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.regex.Pattern;

/** Numbers of query parameters (PS3.18 section 8.3.5.1): decimal ones, nothing else that Java takes for a number. */
final class QueryNumber {
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,16}(\\.[0-9]{1,16})?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

    private QueryNumber() {}

    /** A finite number. */
    static double decimal(String text) throws MalformedInput {
        double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw PixelRefusal.parameter("no decimal number where one is due");
        }
        return number;
    }

    /** A whole number from 0 to 999 999 999. */
    static int integer(String text) throws MalformedInput {
        if (!INTEGER.matcher(text).matches()) {
            throw PixelRefusal.parameter("no whole number where one is due");
        }
        return Integer.parseInt(text);
    }
}
