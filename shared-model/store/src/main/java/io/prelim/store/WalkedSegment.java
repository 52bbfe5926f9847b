package io.prelim.store;

/**
 * A segment as a walk found it.
 *
 * @param end offset after the last record whose header holds
 * @param records that are whole
 * @param damaged records whose header holds but whose content does not; they were stepped over
 * @param clean whether all records are whole and nothing but zeros follows: then appending may go on at {@code end}. A segment
 *     that was being written when power failed need not be
 */
public record WalkedSegment(long segment, long end, long records, long damaged, boolean clean) {}
