package io.prelim.dicom.stream;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.encoding.Values;
import java.io.IOException;
import java.io.OutputStream;

/** The value of the element or fragment met last, as long as it still lies in the stream: it is read, copied or passed over. */
final class PendingValue {
    private static final int COPIED_AT_ONCE = 32 << 10;

    private final ByteSource source;
    private final Frames frames;
    private final Guard guard;
    private final ElementHeader header;
    private boolean pending;

    PendingValue(ByteSource source, Frames frames, Guard guard, ElementHeader header) {
        this.source = source;
        this.frames = frames;
        this.guard = guard;
        this.header = header;
    }

    /** The header's value comes next. */
    void comes() {
        pending = true;
    }

    /** The value, numbers little endian. */
    byte[] read() throws IOException {
        taken();
        guard.valueLength(header.tag, header.length);
        byte[] value = source.value((int) header.length);
        if (value == null) {
            throw truncated();
        }
        if (frames.bigEndian() && header.vr != null && header.vr.unit() > 1) {
            Values.swap(value, 0, value.length, header.vr.unit());
        }
        return value;
    }

    /** Copies the value as it is, however long, in bounded memory. */
    void copy(OutputStream out) throws IOException {
        taken();
        byte[] piece = new byte[(int) Math.min(header.length, COPIED_AT_ONCE)];
        for (long left = header.length; left > 0; left -= piece.length) {
            int wanted = (int) Math.min(left, piece.length);
            int read = source.read(piece, 0, wanted);
            out.write(piece, 0, read);
            if (read < wanted) {
                throw truncated();
            }
        }
    }

    /** Passes over the value, if it was not taken. */
    void skip() throws IOException {
        if (pending) {
            pending = false;
            if (!source.skip(header.length)) {
                throw truncated();
            }
        }
    }

    private void taken() {
        if (!pending) {
            throw new IllegalStateException("no value to read");
        }
        pending = false;
    }

    private MalformedInput truncated() {
        return guard.malformed(Kind.TRUNCATED, "input ends inside a value", header.tag, header.length);
    }
}
