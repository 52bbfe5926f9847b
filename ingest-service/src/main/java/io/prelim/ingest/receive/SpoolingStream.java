package io.prelim.ingest.receive;

import io.prelim.dicom.core.MalformedInput;
import java.io.IOException;
import java.io.InputStream;

/** The sender's bytes as a parser reads them, out of the spool that they are taken into in larger pieces. */
final class SpoolingStream extends InputStream {
    private final InputStream in;
    private final Spool spool;
    private final long maxBytes;
    private final byte[] one = new byte[1];
    private long at;

    SpoolingStream(InputStream in, Spool spool, long maxBytes) {
        this.in = in;
        this.spool = spool;
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == spool.length() && fill() < 0) {
            return -1;
        }
        int read = spool.read(at, bytes, offset, length);
        at += read;
        return read;
    }

    /** Spools what is left. */
    void drain() throws IOException {
        int taken;
        do {
            taken = fill();
        } while (taken >= 0);
    }

    /** One byte more than allowed is asked for, so that it shows. */
    private int fill() throws IOException {
        long left = maxBytes - spool.length();
        int taken = spool.fill(in, (int) Math.min(Integer.MAX_VALUE, left + 1));
        if (taken > left) {
            throw new MalformedInput(MalformedInput.Kind.LIMIT, "object longer than allowed", maxBytes, "", maxBytes);
        }
        return taken;
    }
}
