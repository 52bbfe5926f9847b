package io.prelim.mllp;

import java.io.IOException;

/** Bytes that are no MLLP block; what follows them cannot be told apart, so that the connection ends. */
public final class MalformedFrame extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with them. */
    public enum Kind {
        /** Something else where a block must begin. */
        NO_START,
        /** No end within the longest message. */
        TOO_LONG,
        /** The end block byte without the carriage return behind it. */
        NO_END,
        /** The stream ends inside a block. */
        CUT
    }

    private final transient Kind kind;
    private final transient byte[] received;

    /** @param received of the block, as far as it was kept */
    MalformedFrame(Kind kind, int at, byte[] received) {
        super(kind + " at byte " + at);
        this.kind = kind;
        this.received = received;
    }

    /** What is wrong with them. */
    public Kind kind() {
        return kind;
    }

    /** Of the block, as far as it was kept: what a message that is too long begins with; else empty. Not a copy. */
    public byte[] received() {
        return received;
    }
}
