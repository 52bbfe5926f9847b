package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.pixel.PixelRefusal;
import java.io.IOException;

/**
 * Goes from item to item of an encapsulated value (PS3.5 annex A.4). Each step goes on by eight bytes at least.
 */
final class FragmentWalk {
    private static final int HEADER = 8;
    private static final long UNDEFINED = 0xFFFFFFFFL;

    private final PixelBytes bytes;
    private final Pieces pieces;
    private long at;

    private long itemOffset;
    private long length;
    private boolean cut;

    FragmentWalk(PixelBytes bytes, long from) {
        this.bytes = bytes;
        this.pieces = new Pieces(bytes);
        this.at = from;
    }

    /** Whether another item came; false at the delimiter, or where the bytes end without one. */
    boolean next() throws IOException {
        if (cut || bytes.length() - at < HEADER) {
            return false;
        }
        byte[] header = pieces.read(at, HEADER);
        int tag = Tag.of(number(header, 0, 2), number(header, 2, 2));
        if (tag == Tag.SEQUENCE_DELIMITATION) {
            return false;
        }
        long claimed = number(header, 4, 4) & UNDEFINED;
        if (tag != Tag.ITEM || claimed == UNDEFINED) {
            throw PixelRefusal.structure("no fragment where one is due", at, -1);
        }
        itemOffset = at;
        length = claimed;
        cut = length > bytes.length() - at - HEADER;
        at += HEADER + length;
        return true;
    }

    private static int number(byte[] bytes, int from, int width) {
        int number = 0;
        for (int i = width - 1; i >= 0; i--) {
            number = number << 8 | (bytes[from + i] & 0xFF);
        }
        return number;
    }

    /** Where the item begins, its tag. */
    long itemOffset() {
        return itemOffset;
    }

    long valueOffset() {
        return itemOffset + HEADER;
    }

    /** The item's length as it says. */
    long length() {
        return length;
    }

    /** Whether the bytes end before the item does. */
    boolean cut() {
        return cut;
    }

    /** Where the next item or the delimiter begins. */
    long end() {
        return at;
    }
}
