package io.prelim.dicom.pixel.jpeg;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;

/** A table of codes (ITU-T T.81 annex C), looked up bit by bit beyond the first eight (annex F.2.2.3). */
final class HuffmanTable {
    private static final int LONGEST = 16;
    private static final int SHORT = 8;

    private final int[] firstCode = new int[LONGEST + 1];
    private final int[] firstIndex = new int[LONGEST + 1];
    private final int[] counts;
    private final byte[] values;
    /** Of each beginning of eight bits, value and length of the code it begins with; 0 where the code is longer. */
    private final short[] quick = new short[1 << SHORT];

    /**
     * @param counts how many codes there are of each length, from 1 to 16 at those indexes
     * @param values in order of their codes
     * @throws MalformedInput when there are more codes of a length than can be
     */
    HuffmanTable(int[] counts, byte[] values, long offset) throws MalformedInput {
        this.counts = counts;
        this.values = values;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            firstCode[length] = code;
            firstIndex[length] = index;
            for (int i = 0; i < counts[length]; i++) {
                quick(code++, length, values[index++]);
            }
            if (code > 1 << length) {
                throw PixelRefusal.structure("JPEG codes that cannot be told apart", offset, length);
            }
            code <<= 1;
        }
    }

    private void quick(int code, int length, byte value) {
        if (length <= SHORT && code < 1 << length) {
            int first = code << (SHORT - length);
            for (int i = 0; i < 1 << (SHORT - length); i++) {
                quick[first + i] = (short) (length << 8 | (value & 0xFF));
            }
        }
    }

    /** The next code's value, 0 to 255. */
    int read(BitReader in) throws MalformedInput {
        int known = quick[in.peek(SHORT)];
        if (known != 0) {
            in.skip(known >> 8);
            return known & 0xFF;
        }
        int code = in.bits(SHORT);
        for (int length = SHORT + 1; length <= LONGEST; length++) {
            code = code << 1 | in.bits(1);
            int within = code - firstCode[length];
            if (within >= 0 && within < counts[length]) {
                return values[firstIndex[length] + within] & 0xFF;
            }
        }
        throw PixelRefusal.structure("JPEG code that no table has", in.at(), -1);
    }
}
