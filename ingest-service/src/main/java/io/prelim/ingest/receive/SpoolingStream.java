package io.prelim.ingest.receive;

import io.prelim.dicom.core.MalformedInput;
import java.io.IOException;
import java.io.InputStream;

/** The sender's bytes, each of which goes into the spool as it is read. */
final class SpoolingStream extends InputStream {
    private final InputStream in;
    private final Spool spool;
    private final long maxBytes;
    private final byte[] one = new byte[1];

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
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            if (spool.length() + read > maxBytes) {
                throw new MalformedInput(
                        MalformedInput.Kind.LIMIT, "object longer than allowed", spool.length(), "", maxBytes);
            }
            spool.write(bytes, offset, read);
        }
        return read;
    }

    /** Spools what is left. */
    void drain() throws IOException {
        byte[] piece = new byte[Spool.CHUNK];
        int read;
        do {
            read = read(piece, 0, piece.length);
        } while (read >= 0);
    }
}
