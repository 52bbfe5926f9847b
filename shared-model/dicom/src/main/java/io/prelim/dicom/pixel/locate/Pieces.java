package io.prelim.dicom.pixel.locate;

import java.io.IOException;
import java.util.Arrays;

/** Reads a value in pieces: what is small, and lies close together, shares one. A million fragments are not a million reads. */
final class Pieces {
    private static final int PIECE = 16 << 10;

    private final PixelBytes bytes;
    private byte[] piece = {};
    private long pieceOffset;

    Pieces(PixelBytes bytes) {
        this.bytes = bytes;
    }

    /** As {@link PixelBytes#read}. */
    byte[] read(long offset, int count) throws IOException {
        if (count > PIECE) {
            return bytes.read(offset, count);
        }
        if (offset < pieceOffset || offset + count > pieceOffset + piece.length) {
            pieceOffset = offset;
            piece = bytes.read(offset, (int) Math.max(count, Math.min(PIECE, bytes.length() - offset)));
        }
        int from = (int) (offset - pieceOffset);
        return Arrays.copyOfRange(piece, from, from + count);
    }
}
