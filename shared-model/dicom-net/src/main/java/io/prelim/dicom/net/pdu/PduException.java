package io.prelim.dicom.net.pdu;

/** A protocol data unit that breaks PS3.8 section 9.3. Names what is wrong, where and how much; holds none of its content. */
public final class PduException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A-ABORT reasons of the service provider (PS3.8 table 9-26). */
    public static final int REASON_NOT_SPECIFIED = 0;

    public static final int UNRECOGNIZED_PDU = 1;
    public static final int UNEXPECTED_PDU = 2;
    public static final int INVALID_PARAMETER_VALUE = 6;

    private final int reason;

    /**
     * @param reason A-ABORT reason, 0 to 6
     * @param what what is wrong
     * @param offset bytes from the start of the unit's body
     * @param amount the length or count found
     */
    public PduException(int reason, String what, int offset, long amount) {
        super(what + " (" + amount + ") at byte " + offset);
        this.reason = reason;
    }

    public int reason() {
        return reason;
    }
}
