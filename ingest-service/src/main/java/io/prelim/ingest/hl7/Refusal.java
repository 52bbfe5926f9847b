package io.prelim.ingest.hl7;

/**
 * Why a message is not taken, as its acknowledgement says it. It names places, never what stood there.
 *
 * @param code     MSA-1
 * @param segment  ERR-2.1; null where it is the whole message
 * @param sequence ERR-2.2, which of the segments of that name, from 1
 * @param field    ERR-2.3; 0 for the segment as a whole
 * @param error    ERR-3, HL7 table 0357
 * @param text     ERR-8, for people; a constant of ours
 */
record Refusal(Code code, String segment, int sequence, int field, int error, String text) {
    static final int SEGMENT_SEQUENCE = 100;
    static final int REQUIRED_MISSING = 101;
    static final int DATA_TYPE = 102;
    static final int NOT_IN_TABLE = 103;
    static final int UNSUPPORTED_MESSAGE = 200;
    static final int UNSUPPORTED_EVENT = 201;
    static final int UNSUPPORTED_PROCESSING_ID = 202;
    static final int UNSUPPORTED_VERSION = 203;
    static final int UNKNOWN_KEY = 204;
    static final int INTERNAL = 207;

    /** How it is refused. */
    enum Code {
        /** What it says is wrong or cannot be kept now. */
        AE,
        /** It is none that is taken here. */
        AR
    }

    static Refusal error(String segment, int sequence, int field, int error, String text) {
        return new Refusal(Code.AE, segment, sequence, field, error, text);
    }

    static Refusal reject(String segment, int field, int error, String text) {
        return new Refusal(Code.AR, segment, segment == null ? 0 : 1, field, error, text);
    }

    /** Such as {@code PID-3}, {@code OBR[2]-4} or {@code message}. */
    String place() {
        if (segment == null) {
            return "message";
        }
        return segment + (sequence > 1 ? "[" + sequence + "]" : "") + (field > 0 ? "-" + field : "");
    }

    /** Carries one out of the readers. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.place() + ": " + refusal.text(), null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }
}
