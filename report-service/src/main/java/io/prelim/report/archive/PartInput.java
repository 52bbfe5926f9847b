package io.prelim.report.archive;

import io.prelim.events.PartReference;
import io.prelim.report.store.EvidenceStore;
import java.io.IOException;
import java.io.InputStream;

/** A part's bytes, as far as they are read. */
final class PartInput extends InputStream {
    private static final int CHUNK = 1 << 17;

    private final EvidenceStore store;
    private final PartReference part;
    private byte[] chunk = new byte[0];
    private int from;
    private int at;

    PartInput(EvidenceStore store, PartReference part) {
        this.store = store;
        this.part = part;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == chunk.length) {
            from += chunk.length;
            chunk = store.read(part, from, CHUNK).orElseThrow(() -> new IOException("evidence is not there"));
            at = 0;
            if (chunk.length == 0) {
                return -1;
            }
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, count);
        at += count;
        return count;
    }
}
