package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.MalformedInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to give more bytes than allowed. */
final class BoundedStream extends FilterInputStream {
    private final long max;
    private long taken;

    BoundedStream(InputStream in, long max) {
        super(in);
        this.max = max;
    }

    long taken() {
        return taken;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws MalformedInput {
        taken += read;
        if (taken > max) {
            throw new MalformedInput(MalformedInput.Kind.LIMIT, "metadata longer than allowed", taken, "", max);
        }
    }
}
