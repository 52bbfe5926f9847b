package io.prelim.dicom.net.pdu;

/** The protocol data units of PS3.8 section 9.3, by the first byte of their header. */
public enum PduType {
    A_ASSOCIATE_RQ(1),
    A_ASSOCIATE_AC(2),
    A_ASSOCIATE_RJ(3),
    P_DATA_TF(4),
    A_RELEASE_RQ(5),
    A_RELEASE_RP(6),
    A_ABORT(7);

    private final int code;

    PduType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The unit of the code, or null when there is none. */
    public static PduType of(int code) {
        return code >= 1 && code <= 7 ? values()[code - 1] : null;
    }
}
