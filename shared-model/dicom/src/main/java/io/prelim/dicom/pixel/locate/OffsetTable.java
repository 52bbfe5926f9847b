package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where frames are said to begin, counted from the first fragment's item: the basic table in the value's first item (PS3.5 annex
 * A.4), or the extended one in the data set (PS3.3 section C.7.6.3.1.8).
 */
final class OffsetTable {
    private final long[] offsets;
    /** Bytes of each frame's one fragment; null in a basic table. */
    private final long[] lengths;

    private OffsetTable(long[] offsets, long[] lengths) {
        this.offsets = offsets;
        this.lengths = lengths;
    }

    /** Where a frame begins. */
    long offset(int frame) {
        return offsets[frame];
    }

    /** Bytes of a frame's one fragment without padding, or -1 where the table does not say. */
    long length(int frame) {
        return lengths == null ? -1 : lengths[frame];
    }

    /** The table of the basic one's bytes, or null where it cannot be one of so many frames. */
    static OffsetTable basic(byte[] bytes, int frames, long end) {
        if (bytes.length != 4L * frames) {
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long[] offsets = new long[frames];
        for (int i = 0; i < frames; i++) {
            offsets[i] = numbers.getInt() & 0xFFFFFFFFL;
        }
        return ascending(offsets, end) ? new OffsetTable(offsets, null) : null;
    }

    /** The table of the two extended ones in a data set, or null where there is none that could be right. */
    static OffsetTable extended(DataSet dataSet, int frames, long end) {
        byte[] offsetBytes = dataSet.bytes(Tag.EXTENDED_OFFSET_TABLE);
        byte[] lengthBytes = dataSet.bytes(Tag.EXTENDED_OFFSET_TABLE_LENGTHS);
        if (offsetBytes == null
                || lengthBytes == null
                || offsetBytes.length != 8L * frames
                || lengthBytes.length != 8L * frames) {
            return null;
        }
        long[] offsets = longs(offsetBytes);
        long[] lengths = longs(lengthBytes);
        for (int i = 0; i < frames; i++) {
            if (lengths[i] <= 0 || lengths[i] > end) {
                return null;
            }
        }
        return ascending(offsets, end) ? new OffsetTable(offsets, lengths) : null;
    }

    private static long[] longs(byte[] bytes) {
        long[] longs = new long[bytes.length / 8];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(longs);
        return longs;
    }

    /** From 0, each beyond the last by an item at least, all within the value: so no reading loops. */
    private static boolean ascending(long[] offsets, long end) {
        long least = 0;
        for (long offset : offsets) {
            if (offset < least || offset > end) {
                return false;
            }
            least = offset + 8;
        }
        return offsets[0] == 0;
    }
}
