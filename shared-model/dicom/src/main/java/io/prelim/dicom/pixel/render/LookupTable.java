package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.PixelRefusal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A table from stored or modality values to others (PS3.3 sections C.11.1.1, C.11.2.1.1 and C.7.6.3.1.5). Values before the first
 * that is mapped take the first entry, values beyond take the last.
 */
public final class LookupTable {
    private static final int MOST_ENTRIES = 1 << 16;

    private final int first;
    private final int bits;
    private final short[] entries;

    LookupTable(int first, int bits, short[] entries) {
        this.first = first;
        this.bits = bits;
        this.entries = entries;
    }

    /**
     * The table of a modality or VOI LUT sequence's item.
     *
     * @param signed whether the values that go in are signed: the first one mapped is then, too
     * @throws MalformedInput when the descriptor is none, or the data are shorter than it says
     */
    public static LookupTable of(DataSet item, boolean signed) throws MalformedInput {
        Descriptor descriptor = Descriptor.of(item, Tag.LUT_DESCRIPTOR, signed);
        byte[] data = item.bytes(Tag.LUT_DATA);
        return new LookupTable(descriptor.first, descriptor.bits, descriptor.entries(data, Tag.LUT_DATA));
    }

    /**
     * What (gggg,3002) and the palettes' descriptors say.
     *
     * @param entries 1 to 65536
     * @param first the first value mapped
     * @param bits of an entry: 8 to 16
     */
    record Descriptor(int entries, int first, int bits) {
        static Descriptor of(DataSet dataSet, int tag, boolean signed) throws MalformedInput {
            List<Double> numbers = dataSet.decimals(tag);
            if (numbers.size() != 3) {
                throw PixelRefusal.element("no descriptor of a table", tag, numbers.size());
            }
            // 0 stands for 65536; writers that take it for a signed number make large counts negative
            int entries = numbers.get(0).intValue() & 0xFFFF;
            int first = numbers.get(1).intValue();
            int bits = numbers.get(2).intValue();
            if (bits < 8 || bits > 16) {
                throw PixelRefusal.element("table of other than 8 to 16 bits", tag, bits);
            }
            return new Descriptor(entries == 0 ? MOST_ENTRIES : entries, signed ? (short) first : first & 0xFFFF, bits);
        }

        /** Words, or bytes where the data are no longer than that: 8-bit entries may lie two in a word. */
        short[] entries(byte[] data, int tag) throws MalformedInput {
            if (data == null || data.length < entries) {
                throw PixelRefusal.element(
                        "table shorter than its descriptor says", tag, data == null ? 0 : data.length);
            }
            short[] table = new short[entries];
            if (data.length >= 2L * entries) {
                ByteBuffer.wrap(data)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer()
                        .get(table);
            } else if (bits == 8) {
                for (int i = 0; i < entries; i++) {
                    table[i] = (short) (data[i] & 0xFF);
                }
            } else {
                throw PixelRefusal.element("table shorter than its descriptor says", tag, data.length);
            }
            return table;
        }
    }

    /** The entry of a value, 0 to 65535. */
    public int apply(long value) {
        if (value < first) {
            return entries[0] & 0xFFFF;
        }
        int index = value >= (long) first + entries.length ? entries.length - 1 : (int) (value - first);
        return entries[index] & 0xFFFF;
    }

    /** Whether a value has an entry of its own. */
    public boolean maps(long value) {
        return value >= first && value < (long) first + entries.length;
    }

    /** Bits of an entry, 8 to 16. */
    public int bits() {
        return bits;
    }

    /** How many entries, 1 to 65536. */
    public int size() {
        return entries.length;
    }
}
