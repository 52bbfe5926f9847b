package io.prelim.store;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/** A bounded piece of a file, closed with it. */
final class SliceStream extends FilterInputStream {
    private final RandomAccessFile file;
    private long left;

    SliceStream(RandomAccessFile file, long length) {
        super(InputStream.nullInputStream());
        this.file = file;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int read = file.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("a segment ends " + left + " bytes before its part");
        }
        left -= read;
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, left));
        file.seek(file.getFilePointer() + skipped);
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
