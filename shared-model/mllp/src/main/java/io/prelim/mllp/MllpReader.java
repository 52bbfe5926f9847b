package io.prelim.mllp;

import io.prelim.mllp.MalformedFrame.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Blocks of the minimal lower layer protocol: {@code <VT> message <FS><CR>} (HL7 v2 Transport Specification, MLLP release 1). Holds one
 * message at a time, and no more than three times the bytes of it that have come. Not for several threads.
 */
public final class MllpReader {
    private static final int FIRST_BUFFER = 512;

    private final InputStream in;
    private final int longest;
    private final Runnable begun;
    private byte[] buffer = new byte[0];

    /**
     * @param in      buffered
     * @param longest bytes of one message
     * @param begun   runs when the first byte of a block has come
     */
    public MllpReader(InputStream in, int longest, Runnable begun) {
        this.in = in;
        this.longest = longest;
        this.begun = begun;
    }

    /**
     * The next message; line ends between blocks are passed over.
     *
     * @return null at the end of the stream
     * @throws MalformedFrame when what comes is no block, or longer than the longest message
     */
    public byte[] next() throws IOException {
        int first = in.read();
        while (first == MllpBlock.RETURN || first == '\n') {
            first = in.read();
        }
        if (first < 0) {
            return null;
        }
        begun.run();
        if (first != MllpBlock.START) {
            throw new MalformedFrame(Kind.NO_START, 0, new byte[0]);
        }
        buffer = new byte[FIRST_BUFFER];
        int length = 0;
        for (int next = in.read(); next != MllpBlock.END; next = in.read()) {
            if (next < 0) {
                throw new MalformedFrame(Kind.CUT, length, new byte[0]);
            }
            if (length == longest) {
                throw new MalformedFrame(Kind.TOO_LONG, length, Arrays.copyOf(buffer, length));
            }
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(length + length / 2, longest));
            }
            buffer[length++] = (byte) next;
        }
        int last = in.read();
        if (last != MllpBlock.RETURN) {
            throw new MalformedFrame(last < 0 ? Kind.CUT : Kind.NO_END, length, new byte[0]);
        }
        byte[] message = Arrays.copyOf(buffer, length);
        buffer = new byte[0];
        return message;
    }
}
