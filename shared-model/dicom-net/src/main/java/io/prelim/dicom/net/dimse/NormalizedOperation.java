package io.prelim.dicom.net.dimse;

/** The DIMSE-N services that are spoken (PS3.7 section 10.1). N-GET and N-DELETE are not among them. */
public enum NormalizedOperation {
    /** An SCP tells its SCU that something happened to an instance. */
    N_EVENT_REPORT(0x0100),
    /** An SCU changes an instance. */
    N_SET(0x0120),
    /** An SCU asks for something to be done to an instance. */
    N_ACTION(0x0130),
    /** An SCU brings an instance into being. */
    N_CREATE(0x0140);

    private final int code;

    NormalizedOperation(int code) {
        this.code = code;
    }

    /** The command field of its request. */
    public int code() {
        return code;
    }

    /** Whether the request calls its SOP class and instance the requested ones; else they are the affected ones. */
    boolean requested() {
        return this == N_SET || this == N_ACTION;
    }

    /** Whether it is the SCP that asks, and the SCU that answers. */
    public boolean byScp() {
        return this == N_EVENT_REPORT;
    }

    /** The operation of a request's command field, or null. */
    public static NormalizedOperation of(int field) {
        for (NormalizedOperation operation : values()) {
            if (operation.code == field) {
                return operation;
            }
        }
        return null;
    }

    /** Its name in the standard, such as {@code N-CREATE}. */
    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
