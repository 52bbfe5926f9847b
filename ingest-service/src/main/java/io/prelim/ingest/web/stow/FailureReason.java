package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.ingest.receive.Receipt;

/** (0008,1197) where it is not what {@code receive} says: PS3.18 table I.2-2, and Cxxx of ours. */
enum FailureReason {
    PROCESSING_FAILURE(0x0110),
    SOP_CLASS_NOT_SUPPORTED(0x0122),
    MALFORMED(Receipt.Reason.MALFORMED.dimseStatus()),
    LIMIT_EXCEEDED(Receipt.Reason.LIMIT_EXCEEDED.dimseStatus()),
    INVALID_UIDS(Receipt.Reason.INVALID_UIDS.dimseStatus()),
    NO_DICOM_PART(0xC006),
    BULK_DATA_MISSING(0xC007),
    TRANSFER_SYNTAX_NOT_SUPPORTED(0xC122);

    private final int code;

    FailureReason(int code) {
        this.code = code;
    }

    static FailureReason of(MalformedInput refused) {
        return refused.kind() == MalformedInput.Kind.LIMIT ? LIMIT_EXCEEDED : MALFORMED;
    }

    int code() {
        return code;
    }
}
