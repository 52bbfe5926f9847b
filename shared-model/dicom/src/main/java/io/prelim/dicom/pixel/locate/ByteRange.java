package io.prelim.dicom.pixel.locate;

/**
 * Bytes of a pixel data value.
 *
 * @param offset of the first, from the value's first byte
 * @param length how many
 */
public record ByteRange(long offset, long length) {
    public long end() {
        return offset + length;
    }
}
