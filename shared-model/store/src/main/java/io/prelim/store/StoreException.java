package io.prelim.store;

import java.io.IOException;

/** Why the log did not take or give bytes. What was refused is not stored. */
public sealed class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is no room: fewer free bytes than the watermark, or the volume said so. Passes when room is made. */
    public static final class StorageFull extends StoreException {
        private static final long serialVersionUID = 1L;

        StorageFull(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** More appends wait than are allowed. Passes. */
    public static final class Busy extends StoreException {
        private static final long serialVersionUID = 1L;

        Busy(String message) {
            super(message, null);
        }
    }

    /** Writing or syncing failed: the segment is sealed as it stands, and the next append begins a new one. */
    public static final class WriteFailed extends StoreException {
        private static final long serialVersionUID = 1L;

        WriteFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The second copy has it not, or would not get it now. The bytes may lie in the log all the same. Passes. */
    public static final class NotCopied extends StoreException {
        private static final long serialVersionUID = 1L;

        NotCopied(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The log is closed. */
    public static final class Closed extends StoreException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("the segment log is closed", null);
        }
    }
}
