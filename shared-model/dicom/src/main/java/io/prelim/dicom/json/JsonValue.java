package io.prelim.dicom.json;

import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of one value, gathered from the members of a Value array (PS3.18 table F.2.3-1). */
final class JsonValue {
    static final List<String> NAME_GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
    /**
     * What JSON has no number for. PS3.18 table F.2.3-1 (2024c) makes FL and FD numbers and leaves these out; as text they are
     * spelled as ECMAScript, Java and .NET spell them, and every one of the parsers that knows "inf" knows this too.
     */
    static final String NOT_A_NUMBER = "NaN";

    static final String INFINITY = "Infinity";
    static final String MINUS_INFINITY = "-Infinity";

    /** A member that is no value of its representation; says what is wrong, without the member. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String what) {
            super(what, null, false, false);
        }
    }

    /** Longest DS (PS3.5 table 6.2-1). */
    static final int LONGEST_DECIMAL = 16;

    private final VR vr;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16);
    private final ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    private int count;
    private int empty;
    private boolean ascii = true;

    JsonValue(VR vr) {
        this.vr = vr;
    }

    /** Whether all text so far is of the default repertoire. */
    boolean ascii() {
        return ascii;
    }

    int length() {
        return bytes.size();
    }

    /** The value, filled to even length. */
    byte[] bytes() throws Unfit {
        if (vr.kind() == VR.Kind.NUMBER && empty > 0 && count > 1) {
            throw new Unfit("null among numbers");
        }
        return Values.pad(bytes.toByteArray(), vr);
    }

    void addNull() {
        separate();
        empty++;
    }

    void addString(String text) throws Unfit {
        if (vr.kind() == VR.Kind.TEXT) {
            addText(text);
        } else if (vr == VR.AT) {
            if (!TagPath.isHex(text)) {
                throw new Unfit("not a tag");
            }
            int tag = Integer.parseUnsignedInt(text, 16);
            put(number.putShort((short) (tag >>> 16)).putShort((short) tag));
        } else if (vr == VR.FL || vr == VR.FD) {
            addDecimal(
                    switch (text) {
                        case NOT_A_NUMBER -> Double.NaN;
                        case INFINITY, "inf" -> Double.POSITIVE_INFINITY;
                        case MINUS_INFINITY, "-inf" -> Double.NEGATIVE_INFINITY;
                        default -> throw new Unfit("text where a number is due");
                    });
        } else if (vr == VR.SV || vr == VR.UV) {
            addInteger(text);
        } else {
            throw new Unfit("text where a number is due");
        }
    }

    /** A JSON number, as it is written. */
    void addNumber(String text) throws Unfit {
        if (vr == VR.DS) {
            addText(text.length() > LONGEST_DECIMAL ? Values.decimalString(decimal(text)) : text);
        } else if (vr == VR.IS) {
            addText(text);
        } else if (vr == VR.FL) {
            // at once: rounded to a double first, it may become the float beside the nearest
            addDecimal(inRange(Float.parseFloat(text)));
        } else if (vr == VR.FD) {
            addDecimal(decimal(text));
        } else if (vr.kind() == VR.Kind.NUMBER && vr != VR.AT) {
            addInteger(text);
        } else {
            throw new Unfit("a number where text is due");
        }
    }

    void addText(String text) throws Unfit {
        if (count > 0 && !vr.multiValued()) {
            throw new Unfit("more than one value");
        }
        separate();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : encoded) {
            if (b < 0) {
                ascii = false;
                break;
            }
        }
        if (!ascii && !vr.charsetDependent()) {
            throw new Unfit("a character outside the default repertoire");
        }
        bytes.writeBytes(encoded);
    }

    private void separate() {
        if (count++ > 0 && vr.kind() == VR.Kind.TEXT) {
            bytes.write('\\');
        }
    }

    private static double decimal(String text) throws Unfit {
        return inRange(Double.parseDouble(text));
    }

    private static double inRange(double value) throws Unfit {
        if (Double.isInfinite(value)) {
            throw new Unfit("a number out of range");
        }
        return value;
    }

    private void addDecimal(double value) {
        put(vr == VR.FL ? number.putFloat((float) value) : number.putDouble(value));
    }

    private void addInteger(String text) throws Unfit {
        // 20 digits and a sign hold any 64-bit number
        if (text.length() > 21 || !isInteger(text)) {
            throw new Unfit("not a whole number");
        }
        BigInteger value = new BigInteger(text);
        int bits = 8 * vr.unit();
        boolean signed = vr == VR.SS || vr == VR.SL || vr == VR.SV;
        if (signed ? value.bitLength() >= bits : value.signum() < 0 || value.bitLength() > bits) {
            throw new Unfit("a number out of range");
        }
        long low = value.longValue();
        put(
                switch (vr.unit()) {
                    case 2 -> number.putShort((short) low);
                    case 4 -> number.putInt((int) low);
                    default -> number.putLong(low);
                });
    }

    private void put(ByteBuffer filled) {
        separate();
        bytes.write(filled.array(), 0, filled.position());
        filled.clear();
    }

    private static boolean isInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }

    /** Whether the text is a number by RFC 8259 section 6 as it stands: what DS and IS allow beyond that stays text. */
    static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int digits = digits(text, at);
        if (digits == at || (text.charAt(at) == '0' && digits > at + 1)) {
            return false;
        }
        at = digits;
        if (at < text.length() && text.charAt(at) == '.') {
            digits = digits(text, at + 1);
            if (digits == at + 1) {
                return false;
            }
            at = digits;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-') ? 1 : 0;
            digits = digits(text, at + 1 + sign);
            if (digits == at + 1 + sign) {
                return false;
            }
            at = digits;
        }
        return at == text.length();
    }

    /** Where the digits from a place on end. */
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
