package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Frames of encapsulated pixel data (PS3.5 annex A.4). A table that holds leads straight to a frame, and each step of it is checked
 * against the items it leads to; without one, or where it lies, all fragments are gone through once.
 */
public final class EncapsulatedFrames implements FrameIndex {
    private final PixelBytes bytes;
    private final int frames;
    private final StreamMarks marks;
    private final PixelLimits limits;
    /** Where the first fragment's item begins, which offsets count from. */
    private final long first;

    private OffsetTable table;
    private FragmentScan scan;

    /**
     * @param dataSet what comes before pixel data, where an extended offset table is
     * @param frames as the data set says, 1 or more
     * @throws MalformedInput when the value does not begin with an offset table's item
     */
    public EncapsulatedFrames(PixelBytes bytes, DataSet dataSet, int frames, StreamMarks marks, PixelLimits limits)
            throws IOException {
        this.bytes = bytes;
        this.frames = frames;
        this.marks = marks;
        this.limits = limits;
        FragmentWalk walk = new FragmentWalk(bytes, 0);
        if (!walk.next()) {
            throw PixelRefusal.structure("no offset table", 0, -1);
        }
        if (walk.cut()) {
            throw PixelRefusal.truncated("offset table cut short", 0, walk.length());
        }
        this.first = walk.end();
        long end = bytes.length() - first;
        if (walk.length() == 4L * frames) {
            this.table = OffsetTable.basic(bytes.read(walk.valueOffset(), (int) walk.length()), frames, end);
        } else if (walk.length() == 0) {
            this.table = OffsetTable.extended(dataSet, frames, end);
        }
    }

    @Override
    public List<ByteRange> ranges(int frame) throws IOException {
        Objects.checkIndex(frame, frames);
        if (table != null) {
            List<ByteRange> ranges = byTable(frame);
            if (ranges != null) {
                return ranges;
            }
            // it lied once: nothing it says is believed
            table = null;
        }
        if (scan == null) {
            scan = new FragmentScan(bytes, first, frames, marks, limits);
        }
        return scan.ranges(frame);
    }

    /** The ranges that the table leads to, or null where it leads astray. */
    private List<ByteRange> byTable(int frame) throws IOException {
        long end = frame + 1 < frames ? first + table.offset(frame + 1) : Long.MAX_VALUE;
        List<ByteRange> ranges = new ArrayList<>(1);
        FragmentWalk walk = new FragmentWalk(bytes, first + table.offset(frame));
        int items = 0;
        try {
            while (walk.end() < end && walk.next()) {
                if (++items > limits.maxFragments()) {
                    throw PixelRefusal.limit("more fragments than allowed", items);
                }
                if (walk.cut()) {
                    throw PixelRefusal.truncated("fragment cut short", walk.itemOffset(), walk.length());
                }
                if (walk.length() > 0) {
                    ranges.add(new ByteRange(walk.valueOffset(), walk.length()));
                }
            }
        } catch (MalformedInput e) {
            if (e.kind() != MalformedInput.Kind.STRUCTURE) {
                throw e;
            }
            return null;
        }
        if (ranges.isEmpty() || (end != Long.MAX_VALUE && walk.end() != end)) {
            return null;
        }
        return table.length(frame) < 0 ? ranges : trimmed(ranges, table.length(frame));
    }

    /** An extended table's frame: one fragment, its length without padding. */
    private static List<ByteRange> trimmed(List<ByteRange> ranges, long length) {
        boolean holds = ranges.size() == 1
                && ranges.get(0).length() >= length
                && ranges.get(0).length() <= length + 1;
        return holds ? List.of(new ByteRange(ranges.get(0).offset(), length)) : null;
    }

    @Override
    public byte[] read(int frame) throws IOException {
        List<ByteRange> ranges = ranges(frame);
        long length = 0;
        for (ByteRange range : ranges) {
            length += range.length();
        }
        if (length > limits.maxFrameBytes()) {
            throw PixelRefusal.limit("code stream larger than allowed", length);
        }
        if (ranges.size() == 1) {
            return bytes.read(ranges.get(0).offset(), (int) length);
        }
        Pieces pieces = new Pieces(bytes);
        byte[] whole = new byte[(int) length];
        int at = 0;
        for (ByteRange range : ranges) {
            byte[] part = pieces.read(range.offset(), (int) range.length());
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
