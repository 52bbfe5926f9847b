package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.pixel.PixelRefusal;
import java.io.IOException;
import java.util.Arrays;

/** The value of (7FE0,0010), read by ranges: of a file, of a part in a store, of an array. Offset 0 is the value's first byte. */
public interface PixelBytes {
    /** Bytes there are; of an encapsulated value its delimiter may be among them, and what comes after that. */
    long length();

    /**
     * Exactly so many bytes, not to be changed.
     *
     * @param offset from 0
     * @param length 0 or more; offset and length lie within {@link #length}
     * @throws IOException when they cannot be had
     */
    byte[] read(long offset, int length) throws IOException;

    /** Those of an array, which is not copied where all of it is read. */
    static PixelBytes of(byte[] bytes) {
        return new PixelBytes() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public byte[] read(long offset, int length) throws IOException {
                if (offset < 0 || length < 0 || length > bytes.length - offset) {
                    throw PixelRefusal.truncated("bytes beyond the value", offset, length);
                }
                return length == bytes.length ? bytes : Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
            }
        };
    }
}
