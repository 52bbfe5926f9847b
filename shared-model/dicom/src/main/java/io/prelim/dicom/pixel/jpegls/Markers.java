package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/**
 * The marker segments of a code stream one after the other (T.87 annex C.1): two bytes of marker, and for most of them a
 * length that counts its own two bytes, and parameters, high byte first.
 */
final class Markers {
    static final int RST0 = 0xFFD0;
    static final int SOI = 0xFFD8;
    static final int EOI = 0xFFD9;
    static final int SOS = 0xFFDA;
    static final int DNL = 0xFFDC;
    static final int DRI = 0xFFDD;
    static final int APP0 = 0xFFE0;
    static final int APP15 = 0xFFEF;
    static final int SOF55 = 0xFFF7;
    static final int LSE = 0xFFF8;
    static final int COM = 0xFFFE;

    private final byte[] stream;
    private int marker;
    private int start;
    private int position;
    private int end;

    Markers(byte[] stream) {
        this.stream = stream;
    }

    /** Goes on to the next segment, which must begin where the last one ended; more bytes FF may lie before a marker. */
    int next() throws MalformedInput {
        start = end;
        position = start;
        while (position < stream.length && stream[position] == (byte) 0xFF) {
            position++;
        }
        if (position == stream.length) {
            throw Malformed.truncated("code stream ends where a marker is due", position);
        }
        if (position == start) {
            throw Malformed.structure("no marker where one is due", start, -1);
        }
        marker = 0xFF00 | (stream[position++] & 0xFF);
        end = position;
        if (!bare(marker)) {
            open();
        }
        return marker;
    }

    /** Markers that stand alone (T.87 table C.1). */
    private static boolean bare(int marker) {
        return marker >= RST0 && marker <= EOI;
    }

    private void open() throws MalformedInput {
        if (stream.length - position < 2) {
            throw Malformed.truncated("code stream ends in a marker segment", position);
        }
        int length = (stream[position] & 0xFF) << 8 | (stream[position + 1] & 0xFF);
        if (length < 2) {
            throw Malformed.structure("marker segment shorter than its length", position, length);
        }
        if (length > stream.length - position) {
            throw Malformed.truncated("marker segment longer than the code stream", position);
        }
        end = position + length;
        position += 2;
    }

    /** The next parameter byte of this segment. */
    int u8() throws MalformedInput {
        if (position >= end) {
            throw Malformed.structure("marker segment too short for its parameters", start, end - start);
        }
        return stream[position++] & 0xFF;
    }

    /** The next two parameter bytes. */
    int u16() throws MalformedInput {
        return u8() << 8 | u8();
    }

    /** Parameter bytes left in this segment. */
    int left() {
        return end - position;
    }

    /** Where this segment's marker begins. */
    int start() {
        return start;
    }

    /** Where this segment ends; after a scan header, where coded data begins. */
    int end() {
        return end;
    }

    /** Passes coded data: the next segment begins at the first marker from here on, or at the end of the code stream. */
    void skipTo(int offset) {
        end = marker(stream, offset);
    }

    /**
     * The first marker at or after an offset, or the length of the stream. In coded data no byte above 7F follows a byte FF
     * (T.87 A.1), so that what does is a marker.
     */
    static int marker(byte[] stream, int offset) {
        int at = offset;
        while (at < stream.length && !(stream[at] == (byte) 0xFF && (at + 1 == stream.length || stream[at + 1] < 0))) {
            at++;
        }
        return at;
    }
}
