package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All fragments of a value, and how they part into frames when no table says so. Kept are two numbers a fragment. */
final class FragmentScan {
    private long[] offsets = new long[16];
    private long[] lengths = new long[16];
    private int count;
    private boolean cut;
    /** The first fragment of each frame, and at the end how many fragments there are. */
    private final int[] firsts;

    /**
     * @param from where the first fragment's item begins
     * @throws io.prelim.dicom.core.MalformedInput when fragments and frames cannot be brought together
     */
    FragmentScan(PixelBytes bytes, long from, int frames, StreamMarks marks, PixelLimits limits) throws IOException {
        FragmentWalk walk = new FragmentWalk(bytes, from);
        while (walk.next()) {
            if (count == limits.maxFragments()) {
                throw PixelRefusal.limit("more fragments than allowed", count + 1L);
            }
            add(walk);
        }
        firsts = part(bytes, frames, marks);
    }

    private void add(FragmentWalk walk) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        offsets[count] = walk.valueOffset();
        lengths[count] = walk.length();
        cut = walk.cut();
        count++;
    }

    /** One frame has all, as many as frames have one each; else streams are told by their first bytes, then by their last. */
    private int[] part(PixelBytes bytes, int frames, StreamMarks marks) throws IOException {
        if (count < frames) {
            throw PixelRefusal.structure("fewer fragments than frames", 0, count);
        }
        if (frames == 1) {
            return new int[] {0, count};
        }
        int[] parted = new int[frames + 1];
        if (count == frames) {
            Arrays.setAll(parted, i -> i);
            return parted;
        }
        if (marks != StreamMarks.NONE && (byStarts(bytes, marks, parted) || byEnds(bytes, marks, parted))) {
            return parted;
        }
        throw PixelRefusal.structure("fragments that part into other than the frames", 0, count);
    }

    private boolean byStarts(PixelBytes bytes, StreamMarks marks, int[] parted) throws IOException {
        Pieces pieces = new Pieces(bytes);
        int found = 0;
        for (int i = 0; i < count; i++) {
            byte[] head = pieces.read(offsets[i], (int) Math.min(StreamMarks.HEAD, there(bytes, i)));
            if (marks.starts(head)) {
                if (found == parted.length - 1) {
                    return false;
                }
                parted[found++] = i;
            }
        }
        parted[parted.length - 1] = count;
        return found == parted.length - 1 && parted[0] == 0;
    }

    private boolean byEnds(PixelBytes bytes, StreamMarks marks, int[] parted) throws IOException {
        Pieces pieces = new Pieces(bytes);
        int found = 0;
        for (int i = 0; i < count; i++) {
            long length = there(bytes, i);
            int tail = (int) Math.min(StreamMarks.TAIL, length);
            if (marks.ends(pieces.read(offsets[i] + length - tail, tail))) {
                if (found == parted.length - 1) {
                    return false;
                }
                parted[++found] = i + 1;
            }
        }
        parted[0] = 0;
        return found == parted.length - 1 && parted[found] == count;
    }

    private long there(PixelBytes bytes, int fragment) {
        return Math.min(lengths[fragment], bytes.length() - offsets[fragment]);
    }

    /** A frame's fragments. */
    List<ByteRange> ranges(int frame) throws IOException {
        int first = firsts[frame];
        int end = firsts[frame + 1];
        if (cut && end == count) {
            throw PixelRefusal.truncated("fragment cut short", offsets[count - 1], lengths[count - 1]);
        }
        List<ByteRange> ranges = new ArrayList<>(end - first);
        for (int i = first; i < end; i++) {
            if (lengths[i] > 0) {
                ranges.add(new ByteRange(offsets[i], lengths[i]));
            }
        }
        return ranges;
    }

    int fragments() {
        return count;
    }
}
