package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of coded data, the highest of a byte first (T.87 A.1). The byte after a byte FF holds seven: its highest bit is
 * stuffed and 0. A byte FF before a byte above 7F begins a marker, and no bit is read from there on.
 *
 * <p>Bits wait in a window of 64 that is filled by whole bytes. A bit that is not there is {@code TRUNCATED}.
 */
final class BitReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** Bits that hold all but the longest codes. */
    private static final int ENOUGH = 32;

    private static final long LOWEST = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

    private final byte[] stream;
    private int position;
    private boolean afterFF;

    /** The next bit is the highest; bits not held are 0. */
    private long window;
    /** How many bits are held, 0 to 63. */
    private int held;

    BitReader(byte[] stream, int start) {
        this.stream = stream;
        begin(start);
    }

    /** Begins anew at a byte. */
    void begin(int start) {
        position = start;
        afterFF = false;
        window = 0;
        held = 0;
    }

    /** The byte that holds the next bit. */
    int offset() {
        return position - (held + 7) / 8;
    }

    /** Where coded data ends that was read to its last code: the first marker that no read has passed. */
    int end() {
        return Markers.marker(stream, position);
    }

    /** Holds 56 bits or more, unless coded data ends before. */
    private void fill() {
        if (!afterFF && position + Long.BYTES <= stream.length) {
            long bytes = (long) LONG.get(stream, position);
            boolean anyFF = (bytes & (~bytes - LOWEST) & HIGHEST) != 0;
            if (!anyFF) {
                int bits = (63 - held) & ~7;
                // two shifts, as one by 64 would be none
                window |= ((bytes >>> (64 - bits)) << (64 - bits)) >>> held;
                held += bits;
                position += bits >>> 3;
                return;
            }
        }
        fillByByte();
    }

    private void fillByByte() {
        while (held < 56 && position < stream.length) {
            int next = stream[position];
            if (next == -1 && (position + 1 == stream.length || stream[position + 1] < 0)) {
                return;
            }
            int bits = afterFF ? 7 : 8;
            window |= (next & 0xFFL) << (64 - bits - held);
            held += bits;
            position++;
            afterFF = next == -1;
        }
    }

    /** Makes so many bits be held, 1 to 56. */
    private void need(int bits) throws MalformedInput {
        if (held < bits) {
            fill();
            if (held < bits) {
                throw Malformed.truncated("coded data ends before its last sample", position);
            }
        }
    }

    private void drop(int bits) {
        window <<= bits;
        held -= bits;
    }

    /** The next bit. */
    int bit() throws MalformedInput {
        need(1);
        int bit = (int) (window >>> 63);
        drop(1);
        return bit;
    }

    /** The next bits as a number, the highest first; 0 to 32 of them. */
    int bits(int count) throws MalformedInput {
        if (count == 0) {
            return 0;
        }
        need(count);
        int bits = (int) (window >>> (64 - count));
        drop(count);
        return bits;
    }

    /**
     * A number in the limited length Golomb code (T.87 A.5.3): zeros and a 1, and then the lowest bits; or, when there are as
     * many zeros as may be, the number less 1 as it is.
     *
     * @param k how many lowest bits there are, 0 to 31
     * @param mostZeros how many zeros say that the number stands as it is, at most 56
     * @param plainBits how many bits it then has
     */
    int golomb(int k, int mostZeros, int plainBits) throws MalformedInput {
        if (held < ENOUGH) {
            fill();
        }
        int zeros = Long.numberOfLeadingZeros(window);
        int length = zeros + 1 + k;
        if (length > held || zeros >= mostZeros) {
            return golombByParts(k, mostZeros, plainBits);
        }
        // the topmost bit is the 1 that ends the zeros
        int low = (int) ((window << zeros) >>> (63 - k));
        drop(length);
        return ((zeros - 1) << k) + low;
    }

    private int golombByParts(int k, int mostZeros, int plainBits) throws MalformedInput {
        int zeros = 0;
        while (bit() == 0) {
            zeros++;
            if (zeros > mostZeros) {
                throw Malformed.structure("code longer than its limit", offset(), zeros);
            }
        }
        return zeros < mostZeros ? (zeros << k) + bits(k) : bits(plainBits) + 1;
    }
}
