package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.ArrayList;
import java.util.List;

/**
 * An overlay plane (PS3.3 section C.9.2): bits of its own, or, in objects from before 2004, bits of the image's samples beside those
 * stored. Overlay Activation Layer is not looked at: only presentation states have it.
 */
final class Overlay {
    private static final int FIRST_GROUP = 0x6000;
    private static final int LAST_GROUP = 0x601E;
    private static final int ROWS = 0x0010;
    private static final int COLUMNS = 0x0011;
    private static final int NUMBER_OF_FRAMES = 0x0015;
    private static final int TYPE = 0x0040;
    private static final int ORIGIN = 0x0050;
    private static final int IMAGE_FRAME_ORIGIN = 0x0051;
    private static final int BIT_POSITION = 0x0102;
    private static final int DATA = 0x3000;
    /** Where what lies below is brighter than that, white could not be seen. */
    private static final int BRIGHT = 192;

    private final int tag;
    private final int rows;
    private final int columns;
    private final int top;
    private final int left;
    /** A region of interest is shown by its outline: filled, it would hide what is of interest. */
    private final boolean outlined;

    private final int frames;
    /** Whether it is one that lies on all frames of the image. */
    private final boolean onAll;
    /** The image's frame that the first one lies on else, from 0. */
    private final int firstFrame;

    private final byte[] data;
    private final int bit;

    private Overlay(DataSet dataSet, int group) throws MalformedInput {
        this.tag = group << 16;
        this.data = dataSet.bytes(tag | DATA);
        this.rows = size(dataSet, tag | ROWS);
        this.columns = size(dataSet, tag | COLUMNS);
        List<Double> origin = dataSet.decimals(tag | ORIGIN);
        this.top = origin.size() == 2 ? origin.get(0).intValue() - 1 : 0;
        this.left = origin.size() == 2 ? origin.get(1).intValue() - 1 : 0;
        this.outlined = "R".equals(dataSet.string(tag | TYPE));
        this.frames = Math.max(1, dataSet.integer(tag | NUMBER_OF_FRAMES, 1));
        this.onAll = frames == 1 && !dataSet.contains(tag | IMAGE_FRAME_ORIGIN);
        this.firstFrame = dataSet.integer(tag | IMAGE_FRAME_ORIGIN, 1) - 1;
        this.bit = dataSet.integer(tag | BIT_POSITION, -1);
    }

    private static int size(DataSet dataSet, int tag) throws MalformedInput {
        int size = dataSet.integer(tag, -1);
        if (size < 1 || size > 0xFFFF) {
            throw PixelRefusal.element("overlay without a size", tag, size);
        }
        return size;
    }

    /**
     * The overlays of an image, in order of their groups.
     *
     * @throws MalformedInput when one has no size
     */
    static List<Overlay> of(DataSet dataSet) throws MalformedInput {
        List<Overlay> overlays = new ArrayList<>();
        for (int group = FIRST_GROUP; group <= LAST_GROUP; group += 2) {
            byte[] data = dataSet.bytes(group << 16 | DATA);
            boolean own = data != null && data.length > 0;
            boolean embedded = data == null
                    && dataSet.contains(group << 16 | BIT_POSITION)
                    && dataSet.contains(group << 16 | ROWS);
            if (own || embedded) {
                overlays.add(new Overlay(dataSet, group));
            }
        }
        return overlays;
    }

    /**
     * Burns it into a picture of the frame's size: white, or black where most of what it covers is white. What lies beside the
     * picture is left out; bits that its size claims and its data lack are none.
     *
     * @param number the frame's, from 0
     */
    void burn(Picture picture, Frame frame, int number) {
        Bits bits = bits(frame, number);
        if (bits == null) {
            return;
        }
        long[] below = new long[2];
        each(picture, bits, at -> {
            below[0] += picture.levels()[at] & 0xFF;
            below[1]++;
        });
        byte level = (byte) (below[1] > 0 && below[0] / below[1] >= BRIGHT ? 0 : 255);
        each(picture, bits, at -> {
            for (int band = 0; band < picture.bands(); band++) {
                picture.levels()[at + band] = level;
            }
        });
    }

    private interface Bits {
        boolean at(int y, int x);
    }

    private interface Place {
        void visit(int at);
    }

    /** Null where nothing lies on the frame. */
    private Bits bits(Frame frame, int number) {
        if (data == null) {
            return embedded(frame);
        }
        long plane = onAll ? 0 : (long) number - firstFrame;
        if (plane < 0 || plane >= frames) {
            return null;
        }
        long size = (long) rows * columns;
        // the number of a plane may be whatever was written: below so many, no product passes 63 bits
        if (plane >= data.length * 8L / size + 1) {
            return null;
        }
        long first = plane * size;
        long end = data.length * 8L;
        return (y, x) -> {
            long at = first + (long) y * columns + x;
            // writers count on the last bits being none, and leave them out
            return at < end && (data[(int) (at >>> 3)] >>> (at & 7) & 1) != 0;
        };
    }

    private Bits embedded(Frame frame) {
        ImageDescription image = frame.image();
        int lowest = image.highBit() - image.bitsStored() + 1;
        boolean stored = bit >= lowest && bit <= image.highBit();
        if (image.samples() != 1 || bit >= image.bitsAllocated() || stored) {
            return null;
        }
        return (y, x) -> {
            int row = y + top;
            int column = x + left;
            boolean inside = row >= 0 && row < image.rows() && column >= 0 && column < image.columns();
            return inside && (frame.cell((long) row * image.columns() + column) >>> bit & 1) != 0;
        };
    }

    private void each(Picture picture, Bits bits, Place place) {
        int firstRow = (int) Math.max(0, -(long) top);
        int endRow = (int) Math.min(rows, (long) picture.height() - top);
        int firstColumn = (int) Math.max(0, -(long) left);
        int endColumn = (int) Math.min(columns, (long) picture.width() - left);
        for (int y = firstRow; y < endRow; y++) {
            for (int x = firstColumn; x < endColumn; x++) {
                if (bits.at(y, x) && !(outlined && within(bits, y, x))) {
                    place.visit(((y + top) * picture.width() + x + left) * picture.bands());
                }
            }
        }
    }

    private boolean within(Bits bits, int y, int x) {
        return y > 0
                && y + 1 < rows
                && x > 0
                && x + 1 < columns
                && bits.at(y - 1, x)
                && bits.at(y + 1, x)
                && bits.at(y, x - 1)
                && bits.at(y, x + 1);
    }
}
