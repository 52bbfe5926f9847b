package io.prelim.ingest.receive;

import java.util.UUID;

/** What became of an object; each door translates it into its own answer. */
public sealed interface Receipt {
    /** Durable and indexed, as an instance of this study. */
    record Stored(How how, UUID studyKey) implements Receipt {}

    /** Not accepted; comment says what, where and how much, without identity. */
    record Refused(Reason reason, String comment) implements Receipt {}

    /** How it was stored. */
    enum How {
        /** Not seen before. */
        NEW,
        /** The same object is stored already. */
        DUPLICATE,
        /** Known pixels under a changed header, kept as a version. */
        HEADER_VERSION
    }

    /** Why not; the code is the DIMSE status (PS3.4 table B.2-1). */
    enum Reason {
        OUT_OF_RESOURCES(0xA700),
        SOP_CLASS_MISMATCH(0xA900),
        MALFORMED(0xC001),
        OTHER_PIXELS(0xC002),
        LIMIT_EXCEEDED(0xC003),
        INVALID_UIDS(0xC004),
        OTHER_STUDY(0xC005);

        private final int dimseStatus;

        Reason(int dimseStatus) {
            this.dimseStatus = dimseStatus;
        }

        public int dimseStatus() {
            return dimseStatus;
        }
    }
}
