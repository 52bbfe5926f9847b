package io.prelim.dicom.net.dimse;

/** Statuses of PS3.7 annex C and of the service classes in PS3.4 that this layer answers, or tells apart. */
public final class Status {
    public static final int SUCCESS = 0x0000;

    /** Warning: attribute list error. */
    public static final int ATTRIBUTE_LIST_ERROR = 0x0107;

    /** Warning: attribute value out of range. */
    public static final int ATTRIBUTE_VALUE_OUT_OF_RANGE = 0x0116;

    /** An attribute's value was not allowed. */
    public static final int INVALID_ATTRIBUTE_VALUE = 0x0106;

    /** A general failure in processing the operation. */
    public static final int PROCESSING_FAILURE = 0x0110;

    /** The instance to be created is there already. */
    public static final int DUPLICATE_SOP_INSTANCE = 0x0111;

    /** The instance is not known. */
    public static final int NO_SUCH_SOP_INSTANCE = 0x0112;

    /** The event type is not known. */
    public static final int NO_SUCH_EVENT_TYPE = 0x0113;

    /** An argument of the operation is out of range, or is not there. */
    public static final int INVALID_ARGUMENT_VALUE = 0x0115;

    /** The instance's UID breaks the rules of construction. */
    public static final int INVALID_SOP_INSTANCE = 0x0117;

    /** The SOP class is not known, in a normalized service. */
    public static final int NO_SUCH_SOP_CLASS = 0x0118;

    /** A required attribute was not supplied. */
    public static final int MISSING_ATTRIBUTE = 0x0120;

    /** A required attribute's value was not supplied. */
    public static final int MISSING_ATTRIBUTE_VALUE = 0x0121;

    /** Refused: SOP Class not supported; also when it is not that of the presentation context. */
    public static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;

    /** The action type is not known. */
    public static final int NO_SUCH_ACTION = 0x0123;

    /** Unrecognized operation; also one that the roles agreed do not allow. */
    public static final int UNRECOGNIZED_OPERATION = 0x0211;

    /** Resource limitation. */
    public static final int RESOURCE_LIMITATION = 0x0213;

    /** Refused: out of resources. */
    public static final int OUT_OF_RESOURCES = 0xA700;

    /** Error, cannot understand: a C-STORE request without a data set. */
    public static final int NO_DATA_SET = 0xC000;

    /** Error: the receiver failed in a way it did not foresee. */
    public static final int RECEIVER_FAILED = 0xC00F;

    /** C-FIND and C-MOVE were ended by C-CANCEL. */
    public static final int CANCEL = 0xFE00;

    /** More answers come. */
    public static final int PENDING = 0xFF00;

    /** More answers come; a key of the query was not supported, and not matched (PS3.4 section C.4.1.1.4). */
    public static final int PENDING_KEYS_UNSUPPORTED = 0xFF01;

    private Status() {}

    /** Whether more answers to the same request come. */
    public static boolean pending(int status) {
        return status == PENDING || status == PENDING_KEYS_UNSUPPORTED;
    }
}
