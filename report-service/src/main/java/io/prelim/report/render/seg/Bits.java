package io.prelim.report.render.seg;

import java.io.ByteArrayOutputStream;

/** Frames of one bit a pixel, without a gap between them, the first pixel in the lowest bit (PS3.5 section 8.1.1 and annex D). */
final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int current;
    private int filled;

    /** @param frame a byte a pixel; what is not 0 is set */
    void add(byte[] frame) {
        for (byte pixel : frame) {
            if (pixel != 0) {
                current |= 1 << filled;
            }
            filled++;
            if (filled == Byte.SIZE) {
                bytes.write(current);
                current = 0;
                filled = 0;
            }
        }
    }

    byte[] toByteArray() {
        if (filled > 0) {
            bytes.write(current);
            current = 0;
            filled = 0;
        }
        return bytes.toByteArray();
    }
}
