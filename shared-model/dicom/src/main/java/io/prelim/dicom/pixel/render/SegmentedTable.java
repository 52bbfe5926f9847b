package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** A palette's table in segments (PS3.3 section C.7.9.2): literal entries, lines, and segments told again. */
final class SegmentedTable {
    private static final int DISCRETE = 0;
    private static final int LINEAR = 1;
    private static final int INDIRECT = 2;

    private final ShortBuffer words;
    private final short[] entries;
    private final int tag;
    private int count;

    private SegmentedTable(ShortBuffer words, int entries, int tag) {
        this.words = words;
        this.entries = new short[entries];
        this.tag = tag;
    }

    /**
     * @param data words: 16-bit entries
     * @param entries that the descriptor says, no more and no fewer
     * @param tag for what is refused
     */
    static short[] expand(byte[] data, int entries, int tag) throws MalformedInput {
        ShortBuffer words = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        SegmentedTable table = new SegmentedTable(words, entries, tag);
        while (words.remaining() > 1) {
            table.segment(true);
        }
        if (table.count != entries) {
            throw PixelRefusal.element("segments of other than the entries said", tag, table.count);
        }
        return table.entries;
    }

    private void segment(boolean mayBeIndirect) throws MalformedInput {
        int kind = next();
        int length = next();
        switch (kind) {
            case DISCRETE -> {
                for (int i = 0; i < length; i++) {
                    add(next());
                }
            }
            case LINEAR -> line(length, next());
            case INDIRECT -> {
                if (!mayBeIndirect) {
                    throw PixelRefusal.element("indirect segment within another", tag, -1);
                }
                // the offset's lower word comes first; it counts bytes
                long offset = (next() | (long) next() << 16) / 2;
                again(length, offset);
            }
            default -> throw PixelRefusal.element("segment of no kind", tag, kind);
        }
    }

    /** From the last entry to a value, in so many steps. */
    private void line(int length, int to) throws MalformedInput {
        if (count == 0) {
            throw PixelRefusal.element("line from nowhere", tag, -1);
        }
        int from = entries[count - 1] & 0xFFFF;
        for (int i = 1; i <= length; i++) {
            add((int) Math.round(from + (to - from) * (double) i / length));
        }
    }

    private void again(int segments, long offset) throws MalformedInput {
        int back = words.position();
        if (offset >= back) {
            throw PixelRefusal.element("segment told again before it was told", tag, offset);
        }
        words.position((int) offset);
        for (int i = 0; i < segments; i++) {
            segment(false);
        }
        words.position(back);
    }

    private int next() throws MalformedInput {
        if (!words.hasRemaining()) {
            throw PixelRefusal.element("segment cut short", tag, -1);
        }
        return words.get() & 0xFFFF;
    }

    private void add(int entry) throws MalformedInput {
        if (count == entries.length) {
            throw PixelRefusal.element("segments of more than the entries said", tag, count + 1L);
        }
        entries[count++] = (short) entry;
    }
}
