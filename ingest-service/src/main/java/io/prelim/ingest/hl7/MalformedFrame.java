package io.prelim.ingest.hl7;

import java.io.IOException;

/** Bytes that are no MLLP block; what follows them cannot be told apart, so that the connection ends. */
final class MalformedFrame extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with them. */
    enum Kind {
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

    Kind kind() {
        return kind;
    }

    byte[] received() {
        return received;
    }
}
