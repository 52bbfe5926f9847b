package io.prelim.dicom.net.dimse;

/**
 * How a C-FIND ended (PS3.4 section C.4.1.1.4).
 *
 * @param status of the last answer: 0000 success, FE00 cancelled, A700, A900, Cxxx, 0122 failures
 * @param errorComment the peer's, or null
 * @param matches identifiers handed to the consumer
 * @param cancelled whether we cancelled it: matches may be missing
 * @param keysUnsupported whether the peer said that it did not match every key (FF01)
 */
public record FindResponse(int status, String errorComment, int matches, boolean cancelled, boolean keysUnsupported) {
    /** Whether every match there is was handed over. */
    public boolean complete() {
        return status == Status.SUCCESS && !cancelled;
    }
}
