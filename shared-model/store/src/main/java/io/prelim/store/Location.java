package io.prelim.store;

/**
 * Where a part's bytes lie.
 *
 * @param segment number of the segment, from 1
 * @param offset of the first byte of the content within the segment
 * @param length bytes of the content
 */
public record Location(long segment, long offset, long length) {
    public Location {
        if (segment < 1 || offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "no location: segment " + segment + ", offset " + offset + ", length " + length);
        }
    }
}
