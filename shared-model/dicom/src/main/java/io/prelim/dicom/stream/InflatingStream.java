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

/**
 * Inflates a deflated data set (PS3.5 annex A.5, RFC 1951), refusing what grows out of proportion. A zlib header (RFC 1950)
 * before it is no deflated data: its low four bits begin a stored block that no compressor pads so.
 */
final class InflatingStream extends FilterInputStream {
    /** Bytes allowed beyond the ratio, so that a short input may start with a long run. */
    private static final long SLACK = 64 << 10;

    /** Told when a zlib header is met, and whether it may pass. */
    interface ZlibHeader {
        void met() throws MalformedInput;
    }

    private final int maxRatio;
    private final ZlibHeader zlibHeader;
    private Inflater inflater;
    private boolean ended;

    /** Inflates bytes that were already read, and then the stream's. */
    static InputStream of(byte[] head, InputStream in, int maxRatio, ZlibHeader zlibHeader) {
        InputStream whole = head.length == 0 ? in : new SequenceInputStream(new ByteArrayInputStream(head), in);
        // headers are read a few bytes at a time, each of which would be a native call
        return new BufferedInputStream(new InflatingStream(whole, maxRatio, zlibHeader));
    }

    private InflatingStream(InputStream in, int maxRatio, ZlibHeader zlibHeader) {
        super(in);
        this.maxRatio = maxRatio;
        this.zlibHeader = zlibHeader;
    }

    /** Looks at the first two bytes (RFC 1950 section 2.2: method 8, a check that divides by 31, no dictionary). */
    private void begin() throws IOException {
        byte[] first = in.readNBytes(2);
        boolean zlib = first.length == 2
                && (first[0] & 0x8F) == 0x08
                && (first[1] & 0x20) == 0
                && ((first[0] & 0xFF) << 8 | (first[1] & 0xFF)) % 31 == 0;
        if (zlib) {
            zlibHeader.met();
        }
        inflater = new Inflater(!zlib);
        in = new InflaterInputStream(new SequenceInputStream(new ByteArrayInputStream(first), in), inflater, 8 << 10);
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
        if (inflater == null) {
            begin();
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
