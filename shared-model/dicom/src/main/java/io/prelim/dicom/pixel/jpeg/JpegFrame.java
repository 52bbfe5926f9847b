package io.prelim.dicom.pixel.jpeg;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;

/** The one frame of a code stream (ITU-T T.81 annex B.2.2), and its samples as scans fill them in. */
final class JpegFrame {
    final boolean lossless;
    final int precision;
    final int rows;
    final int columns;
    /** By pixel, row by row; unsigned. */
    final short[] samples;

    private final int[] ids;
    private final int[] tables;
    private final boolean[] decoded;

    /**
     * @param segment the header's, from its precision on
     * @throws MalformedInput when it is too short or has no size; of kind UNSUPPORTED when components differ in size
     */
    JpegFrame(byte[] segment, boolean lossless, long offset) throws MalformedInput {
        require(segment.length >= 6 && segment.length >= 6 + 3 * at(segment, 5), "JPEG frame header too short", offset);
        int count = at(segment, 5);
        this.lossless = lossless;
        this.precision = at(segment, 0);
        this.rows = at(segment, 1) << 8 | at(segment, 2);
        this.columns = at(segment, 3) << 8 | at(segment, 4);
        boolean legal = lossless ? precision >= 2 && precision <= 16 : precision == 8 || precision == 12;
        require(legal && rows > 0 && columns > 0 && count > 0, "JPEG frame of no size or depth", offset);
        this.ids = new int[count];
        this.tables = new int[count];
        this.decoded = new boolean[count];
        for (int i = 0; i < count; i++) {
            ids[i] = at(segment, 6 + 3 * i);
            tables[i] = at(segment, 8 + 3 * i) & 3;
            if (count > 1 && segment[7 + 3 * i] != segment[7]) {
                throw PixelRefusal.unsupported("no decoder for JPEG components of other sizes at this depth");
            }
        }
        this.samples = new short[Math.toIntExact((long) rows * columns * count)];
    }

    private static int at(byte[] segment, int index) {
        return segment[index] & 0xFF;
    }

    private static void require(boolean condition, String otherwise, long offset) throws MalformedInput {
        if (!condition) {
            throw PixelRefusal.structure(otherwise, offset, -1);
        }
    }

    int components() {
        return ids.length;
    }

    /** Takes a component for a scan: each is in one. */
    int take(int id, long offset) throws MalformedInput {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id && !decoded[i]) {
                decoded[i] = true;
                return i;
            }
        }
        throw PixelRefusal.structure("JPEG scan of no component, or again of one", offset, id);
    }

    /** Which quantization table a component has. */
    int table(int component) {
        return tables[component];
    }

    boolean complete() {
        for (boolean done : decoded) {
            if (!done) {
                return false;
            }
        }
        return true;
    }
}
