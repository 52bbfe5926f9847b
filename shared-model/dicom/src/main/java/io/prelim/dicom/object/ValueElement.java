package io.prelim.dicom.object;

import io.prelim.dicom.charset.SpecificCharacterSet;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;

/**
 * An element whose value is kept as bytes, decoded only when asked for. Numbers are little endian whatever the transfer
 * syntax was; UN is as received.
 *
 * <p>Values of up to six bytes lie in the element itself: an array of its own for each would make an element of nine bytes on
 * the wire one of 48 in memory.
 */
public abstract sealed class ValueElement implements Element {
    /** Bytes that fill an element to the size it has anyway. */
    private static final int INLINE = 6;

    private static final byte[] EMPTY = {};

    /** Here and not below: it is asked for at each step of a read, and so found without a choice. */
    private final int tag;

    private ValueElement(int tag) {
        this.tag = tag;
    }

    /**
     * An element of a value with its padding, as long as the element's length field says.
     *
     * @param bytes kept, not copied, unless there are few of them: do not change the array
     */
    public static ValueElement of(int tag, VR vr, byte[] bytes) {
        if (tag == Tag.SPECIFIC_CHARACTER_SET) {
            return new CharacterSet(vr, bytes);
        }
        return bytes.length <= INLINE ? new Inline(tag, vr, bytes) : new Apart(tag, vr, bytes);
    }

    @Override
    public final int tag() {
        return tag;
    }

    /** The value with its padding; do not change the array. */
    public abstract byte[] bytes();

    /** Bytes of the value. */
    public abstract int length();

    /** Shows no value: it may identify a patient. */
    @Override
    public final String toString() {
        return Tag.toString(tag) + " " + vr() + " #" + length();
    }

    private static final class Apart extends ValueElement {
        private final VR vr;
        private final byte[] bytes;

        Apart(int tag, VR vr, byte[] bytes) {
            super(tag);
            this.vr = vr;
            this.bytes = bytes;
        }

        @Override
        public VR vr() {
            return vr;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }
    }

    private static final class Inline extends ValueElement {
        private static final VR[] VRS = VR.values();

        /** The first four bytes, the first of them lowest, and the last two. */
        private final int low;

        private final short high;
        private final byte vr;
        private final byte length;

        Inline(int tag, VR vr, byte[] bytes) {
            super(tag);
            this.vr = (byte) vr.ordinal();
            this.length = (byte) bytes.length;
            long value = 0;
            for (int i = bytes.length - 1; i >= 0; i--) {
                value = value << 8 | (bytes[i] & 0xFF);
            }
            this.low = (int) value;
            this.high = (short) (value >>> 32);
        }

        @Override
        public VR vr() {
            return VRS[vr];
        }

        @Override
        public byte[] bytes() {
            if (length == 0) {
                return EMPTY;
            }
            long value = (long) high << 32 | (low & 0xFFFFFFFFL);
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (value >>> 8 * i);
            }
            return bytes;
        }

        @Override
        public int length() {
            return length;
        }
    }

    /** (0008,0005), which knows what it says once it was asked: each text asks for it. */
    static final class CharacterSet extends ValueElement {
        private final VR vr;
        private final byte[] bytes;
        private SpecificCharacterSet charset;

        CharacterSet(VR vr, byte[] bytes) {
            super(Tag.SPECIFIC_CHARACTER_SET);
            this.vr = vr;
            this.bytes = bytes;
        }

        SpecificCharacterSet charset() {
            SpecificCharacterSet known = charset;
            if (known == null) {
                known = SpecificCharacterSet.of(Values.strings(bytes, VR.CS, SpecificCharacterSet.DEFAULT));
                charset = known;
            }
            return known;
        }

        @Override
        public VR vr() {
            return vr;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }
    }
}
