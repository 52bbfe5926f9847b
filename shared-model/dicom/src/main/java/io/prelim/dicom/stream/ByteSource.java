package io.prelim.dicom.stream;

import io.prelim.dicom.core.MalformedInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes with their position, bounded in all. Takes from the stream exactly what is asked for, never more; memory grows with
 * what has come, never with what was claimed.
 */
final class ByteSource {
    /** The first piece of a long value; each further piece doubles what is there. */
    private static final int FIRST_CHUNK = 64 << 10;

    private static final byte[] EMPTY = {};

    private final long limit;
    private InputStream in;
    private long offset;
    private final byte[] pushedBack = new byte[4];
    private int pending;

    ByteSource(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Bytes taken so far. */
    long offset() {
        return offset;
    }

    InputStream stream() {
        return in;
    }

    /** Goes on with another stream, such as one that inflates the first; what was pushed back is handed over, not kept. */
    void replace(InputStream other) {
        pending = 0;
        in = other;
    }

    byte[] pushedBack() {
        return Arrays.copyOf(pushedBack, pending);
    }

    /** Takes back the four bytes read last. */
    void pushBack(byte[] four) {
        System.arraycopy(four, 0, pushedBack, 0, 4);
        pending = 4;
        offset -= 4;
    }

    /** Reads up to {@code length} bytes; fewer only at the end of the stream. */
    int read(byte[] buffer, int start, int length) throws IOException {
        int count = 0;
        if (pending > 0) {
            count = Math.min(pending, length);
            System.arraycopy(pushedBack, 4 - pending, buffer, start, count);
            pending -= count;
        }
        while (count < length) {
            int read = in.read(buffer, start + count, length - count);
            if (read < 0) {
                break;
            }
            count += read;
        }
        offset += count;
        if (offset > limit) {
            throw new MalformedInput(MalformedInput.Kind.LIMIT, "object longer than allowed", offset, "", limit);
        }
        return count;
    }

    /** A value of the length given, or null when the stream ends before. */
    byte[] value(int length) throws IOException {
        if (length == 0) {
            return EMPTY;
        }
        byte[] value = new byte[Math.min(length, FIRST_CHUNK)];
        int count = read(value, 0, value.length);
        while (count == value.length && count < length) {
            value = Arrays.copyOf(value, (int) Math.min(length, 2L * count));
            count += read(value, count, value.length - count);
        }
        return count < length ? null : value;
    }

    /** Whether so many bytes could be skipped. */
    boolean skip(long length) throws IOException {
        if (length == 0) {
            return true;
        }
        if (length > limit - offset) {
            throw new MalformedInput(MalformedInput.Kind.LIMIT, "object longer than allowed", offset, "", limit);
        }
        try {
            // a file's skip may pass its end unnoticed: the last byte is read
            in.skipNBytes(length - 1);
            offset += length - 1;
        } catch (EOFException e) {
            return false;
        }
        byte[] last = new byte[1];
        return read(last, 0, 1) == 1;
    }
}
