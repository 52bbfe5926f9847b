package io.prelim.dicom.encoding;

import io.prelim.dicom.charset.SpecificCharacterSet;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values between bytes (little endian) and Java (PS3.5 section 6). Reading is tolerant: it never throws. */
public final class Values {
    private Values() {}

    /** The values of a text, split at backslashes where the representation is multi-valued, without padding. */
    public static List<String> strings(byte[] bytes, VR vr, SpecificCharacterSet charset) {
        int length = trimmedLength(bytes);
        if (length == 0) {
            return List.of();
        }
        if (!vr.multiValued()) {
            return List.of(trimEnd(charset.decode(bytes, 0, length)));
        }
        List<String> values = charset.values(bytes, 0, length, vr);
        return values.size() == 1
                ? List.of(trim(values.get(0)))
                : values.stream().map(Values::trim).toList();
    }

    private static int trimmedLength(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == ' ' || bytes[length - 1] == 0)) {
            length--;
        }
        return length;
    }

    private static String trim(String value) {
        int start = 0;
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        return trimEnd(value.substring(start));
    }

    private static String trimEnd(String value) {
        int end = value.length();
        while (end > 0 && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == 0)) {
            end--;
        }
        return value.substring(0, end);
    }

    /**
     * The numbers of a binary value: Long for whole ones, Double for FL and FD, tags as their unsigned int. Bytes that do not
     * fill a number are left out.
     */
    public static List<Number> numbers(byte[] bytes, VR vr) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Number> numbers = new ArrayList<>(1);
        int width = vr == VR.AT ? 4 : vr.unit();
        while (buffer.remaining() >= width) {
            numbers.add(number(buffer, vr));
        }
        return numbers;
    }

    /** As above; of a LUT descriptor, values 1 and 3 are unsigned even where the second one is signed. */
    public static List<Number> numbers(byte[] bytes, VR vr, boolean lutDescriptor) {
        List<Number> numbers = numbers(bytes, vr);
        for (int i = 0; lutDescriptor && vr == VR.SS && i < numbers.size(); i += 2) {
            numbers.set(i, numbers.get(i).longValue() & 0xFFFF);
        }
        return numbers;
    }

    private static Number number(ByteBuffer buffer, VR vr) {
        return switch (vr) {
            case US -> (long) (buffer.getShort() & 0xFFFF);
            case SS -> (long) buffer.getShort();
            case UL -> buffer.getInt() & 0xFFFFFFFFL;
            case SL -> (long) buffer.getInt();
            case FL -> (double) buffer.getFloat();
            case FD -> buffer.getDouble();
            case AT -> (long) (buffer.getShort() & 0xFFFF) << 16 | (buffer.getShort() & 0xFFFF);
            default -> buffer.getLong();
        };
    }

    /** A number of the representation as decimal text; tags as the standard writes them, UV unsigned. */
    public static String text(Number number, VR vr) {
        return switch (vr) {
            case AT -> Tag.toString((int) number.longValue());
            case UV -> Long.toUnsignedString(number.longValue());
            default -> number.toString();
        };
    }

    /** The whole number of a text, or the default when it is none or does not fit. */
    public static int integer(String text, int absent) {
        try {
            // most are a few digits
            return plain(text) ? Integer.parseInt(text) : new BigDecimal(bounded(text)).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return absent;
        }
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() < 10;
    }

    /** The numbers of texts, empty when any of them is none. */
    public static List<Double> decimals(List<String> texts) {
        List<Double> decimals = new ArrayList<>(texts.size());
        for (String text : texts) {
            try {
                decimals.add(Double.valueOf(bounded(text)));
            } catch (NumberFormatException e) {
                return List.of();
            }
        }
        return decimals;
    }

    /** A number of more than 64 characters, or with an exponent past double's, is no number of a medical image. */
    private static String bounded(String text) {
        if (text.length() > 64 || exponentDigits(text) > 3) {
            throw new NumberFormatException("too long");
        }
        return text;
    }

    private static int exponentDigits(String text) {
        int at = Math.max(text.lastIndexOf('e'), text.lastIndexOf('E')) + 1;
        if (at == 0) {
            return 0;
        }
        boolean sign = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
        return text.length() - at - (sign ? 1 : 0);
    }

    /** A decimal as DS writes it, at most 16 characters (PS3.5 section 6.2). */
    public static String decimalString(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        String text = decimal.toPlainString();
        for (int precision = 16; text.length() > 16; precision--) {
            BigDecimal rounded = decimal.round(new MathContext(precision));
            text = rounded.toPlainString();
            if (text.length() > 16) {
                text = rounded.toString();
            }
        }
        return text;
    }

    /** Whole numbers as bytes of the representation. */
    public static byte[] integers(VR vr, int... values) {
        int width = vr == VR.AT ? 4 : vr.unit();
        ByteBuffer buffer = ByteBuffer.allocate(width * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            switch (vr) {
                case US, SS -> buffer.putShort((short) value);
                case UL, SL -> buffer.putInt(value);
                case SV, UV -> buffer.putLong(value);
                case AT -> buffer.putShort((short) (value >>> 16)).putShort((short) value);
                default -> throw new IllegalArgumentException(vr + " holds no whole numbers");
            }
        }
        return buffer.array();
    }

    /** Decimals as bytes of FL or FD. */
    public static byte[] floats(VR vr, double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(vr.unit() * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (vr) {
                case FL -> buffer.putFloat((float) value);
                case FD -> buffer.putDouble(value);
                default -> throw new IllegalArgumentException(vr + " holds no decimals");
            }
        }
        return buffer.array();
    }

    /** The bytes, filled to even length; the same array when it is even already. */
    public static byte[] pad(byte[] bytes, VR vr) {
        if ((bytes.length & 1) == 0) {
            return bytes;
        }
        byte[] padded = Arrays.copyOf(bytes, bytes.length + 1);
        padded[bytes.length] = vr.padding();
        return padded;
    }

    /** Turns the numbers of a value to the other byte order, in place. */
    public static void swap(byte[] bytes, int offset, int length, int unit) {
        for (int start = offset; start + unit <= offset + length; start += unit) {
            for (int i = start, j = start + unit - 1; i < j; i++, j--) {
                byte swapped = bytes[i];
                bytes[i] = bytes[j];
                bytes[j] = swapped;
            }
        }
    }
}
