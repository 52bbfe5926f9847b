package io.prelim.dicom.net.dimse;

/** Statuses that the network layer itself answers (PS3.7 annex C, PS3.4 section B.2.3). */
public final class Status {
    public static final int SUCCESS = 0x0000;

    /** Refused: SOP Class not supported; also when it is not that of the presentation context. */
    public static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;

    /** Unrecognized operation. */
    public static final int UNRECOGNIZED_OPERATION = 0x0211;

    /** Refused: out of resources. */
    public static final int OUT_OF_RESOURCES = 0xA700;

    /** Error, cannot understand: a C-STORE request without a data set. */
    public static final int NO_DATA_SET = 0xC000;

    /** Error: the receiver failed in a way it did not foresee. */
    public static final int RECEIVER_FAILED = 0xC00F;

    private Status() {}
}
