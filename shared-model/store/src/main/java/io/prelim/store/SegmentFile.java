package io.prelim.store;

/**
 * A segment on disk.
 *
 * @param number from 1, in the order of their beginning
 * @param bytes of its file
 * @param sealed whether it is never written again
 */
public record SegmentFile(long number, long bytes, boolean sealed) {}
