package io.prelim.dicom.pixel.codec;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A code stream for a decoder that may be given up: from then on each read fails, which ends all but a loop that reads nothing. So does
 * each after some at its end, for there are decoders that take the end for ones and wait for a zero.
 */
final class GivenUpStream extends ImageInputStreamImpl {
    private static final int MOST_READS_AT_END = 1024;

    private final byte[] bytes;
    private int readsAtEnd;
    private volatile boolean givenUp;

    GivenUpStream(byte[] bytes) {
        this.bytes = bytes;
    }

    void giveUp() {
        givenUp = true;
    }

    private void check() throws IOException {
        if (givenUp) {
            throw new IOException("given up");
        }
    }

    private int end() throws IOException {
        readsAtEnd++;
        if (readsAtEnd > MOST_READS_AT_END) {
            throw new EOFException("read on beyond the end");
        }
        return -1;
    }

    @Override
    public int read() throws IOException {
        check();
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : end();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        check();
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            return end();
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
