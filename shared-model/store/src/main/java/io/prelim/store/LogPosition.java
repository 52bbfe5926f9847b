package io.prelim.store;

import java.util.Comparator;

/**
 * A place in the log between two records.
 *
 * @param segment number of the segment, from 1
 * @param offset of the next record's first byte within the segment, 0 or more
 */
public record LogPosition(long segment, long offset) implements Comparable<LogPosition> {
    /** Before everything. */
    public static final LogPosition START = new LogPosition(1, 0);

    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::segment).thenComparingLong(LogPosition::offset);

    public LogPosition {
        if (segment < 1 || offset < 0) {
            throw new IllegalArgumentException("no place in a log: segment " + segment + ", offset " + offset);
        }
    }

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
