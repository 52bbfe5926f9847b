package io.prelim.dicom.stream;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Inflates a deflated data set (PS3.5 annex A.5, RFC 1951), refusing what grows out of proportion. */
final class InflatingStream extends FilterInputStream {
    /** Bytes allowed beyond the ratio, so that a short input may start with a long run. */
    private static final long SLACK = 64 << 10;

    private final Inflater inflater;
    private final int maxRatio;
    private boolean ended;

    /** Inflates bytes that were already read, and then the stream's. */
    static InputStream of(byte[] head, InputStream in, int maxRatio) {
        InputStream whole = head.length == 0 ? in : new SequenceInputStream(new ByteArrayInputStream(head), in);
        // headers are read a few bytes at a time, each of which would be a native call
        return new BufferedInputStream(new InflatingStream(new Inflater(true), whole, maxRatio));
    }

    private InflatingStream(Inflater inflater, InputStream in, int maxRatio) {
        super(new InflaterInputStream(in, inflater, 8 << 10));
        this.inflater = inflater;
        this.maxRatio = maxRatio;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        if (ended) {
            return -1;
        }
        try {
            int read = in.read(buffer, start, length);
            if (inflater.getBytesWritten() > maxRatio * inflater.getBytesRead() + SLACK) {
                throw malformed(Kind.LIMIT, "deflated data grows out of proportion", inflater.getBytesWritten());
            }
            if (read < 0) {
                ended = true;
                inflater.end();
            }
            return read;
        } catch (EOFException e) {
            throw malformed(Kind.TRUNCATED, "deflated data is cut short", inflater.getBytesRead());
        } catch (ZipException e) {
            throw malformed(Kind.STRUCTURE, "not deflated data", inflater.getBytesRead());
        }
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] passed = new byte[(int) Math.min(count, 8 << 10)];
        return Math.max(0, read(passed, 0, passed.length));
    }

    private MalformedInput malformed(Kind kind, String what, long amount) {
        return new MalformedInput(kind, what, inflater.getBytesRead(), "", amount);
    }
}
