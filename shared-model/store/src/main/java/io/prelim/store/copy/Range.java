package io.prelim.store.copy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bytes of one segment.
 *
 * @param from of the first, 0 or more
 * @param to behind the last, above {@code from}
 */
record Range(long segment, long from, long to) {
    Range {
        if (segment < 1 || from < 0 || to <= from) {
            throw new IllegalArgumentException("no bytes: segment " + segment + ", " + from + " to " + to);
        }
    }

    long bytes() {
        return to - from;
    }

    boolean meets(Range other) {
        return segment == other.segment && from < other.to && other.from < to;
    }

    /** Whether it begins where the other ends. */
    boolean follows(Range other) {
        return segment == other.segment && from == other.to;
    }

    /** In pieces of at most so many bytes, in order. */
    List<Range> split(int most) {
        List<Range> pieces = new ArrayList<>();
        for (long at = from; at < to; at += most) {
            pieces.add(new Range(segment, at, Math.min(to, at + most)));
        }
        return pieces;
    }

    /**
     * What is not covered of a segment's bytes from 0 to {@code end}, in order.
     *
     * @param covered of the segment, in any order, and they may overlap
     */
    static List<Range> missing(long segment, long end, List<Range> covered) {
        List<Range> gaps = new ArrayList<>();
        long at = 0;
        for (Range next :
                covered.stream().sorted(Comparator.comparingLong(Range::from)).toList()) {
            if (next.from() >= end) {
                break;
            }
            if (next.from() > at) {
                gaps.add(new Range(segment, at, next.from()));
            }
            at = Math.max(at, next.to());
        }
        if (at < end) {
            gaps.add(new Range(segment, at, end));
        }
        return gaps;
    }
}
