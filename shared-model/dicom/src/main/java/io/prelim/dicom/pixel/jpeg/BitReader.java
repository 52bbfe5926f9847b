package io.prelim.dicom.pixel.jpeg;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;

/**
 * Bits of coded data, the highest of a byte first (ITU-T T.81 annex F.2.2.5). A zero byte after FF is left out; at a marker the bits
 * end, and ones follow that must not be used (annex F.1.2.3).
 */
final class BitReader {
    private final byte[] stream;
    private int at;
    private long buffer;
    private int count;
    private int beyond;

    BitReader(byte[] stream, int from) {
        this.stream = stream;
        this.at = from;
    }

    /** So many bits without taking them, up to 16. */
    int peek(int bits) {
        while (count < bits) {
            fill();
        }
        return (int) (buffer >>> (count - bits)) & ((1 << bits) - 1);
    }

    private void fill() {
        int next = 0xFF;
        if (at + 1 < stream.length && stream[at] == (byte) 0xFF && stream[at + 1] == 0) {
            at += 2;
        } else if (at < stream.length && stream[at] != (byte) 0xFF) {
            next = stream[at++] & 0xFF;
        } else {
            beyond += 8;
        }
        buffer = buffer << 8 | next;
        count += 8;
    }

    void skip(int bits) throws MalformedInput {
        count -= bits;
        if (beyond > 0 && count < beyond) {
            throw PixelRefusal.truncated("JPEG scan ends before its samples", at, -1);
        }
    }

    int bits(int bits) throws MalformedInput {
        int value = peek(bits);
        skip(bits);
        return value;
    }

    /**
     * A difference of so many bits: those that begin with 0 are negative (annex F.2.2.1, EXTEND); one of 16 is known without them
     * (annex H.1.2.2).
     */
    int difference(int bits) throws MalformedInput {
        if (bits == 0) {
            return 0;
        }
        if (bits == 16) {
            return 1 << 15;
        }
        if (bits > 16) {
            throw PixelRefusal.structure("JPEG difference of too many bits", at, bits);
        }
        int value = bits(bits);
        return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
    }

    /** Goes over a restart marker, which is due here, of the number given (annex E.2.4). */
    void restart(int number) throws MalformedInput {
        count = 0;
        beyond = 0;
        buffer = 0;
        while (at + 1 < stream.length && stream[at] == (byte) 0xFF && stream[at + 1] == (byte) 0xFF) {
            at++;
        }
        if (at + 1 >= stream.length || stream[at] != (byte) 0xFF || (stream[at + 1] & 0xFF) != 0xD0 + number) {
            throw PixelRefusal.structure("no JPEG restart marker where one is due", at, number);
        }
        at += 2;
    }

    /** The offset of the next byte. */
    int at() {
        return at;
    }
}
