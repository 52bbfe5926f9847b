package io.prelim.dicom.net.dimse;

import java.util.List;

/**
 * How a C-MOVE ended (PS3.4 section C.4.2.1.5).
 *
 * @param status of the last answer: 0000 success, B000 some sub-operations failed, FE00 cancelled, A701, A702, A801, A900, Cxxx
 *     failures
 * @param errorComment the peer's, or null
 * @param counts the last ones told
 * @param failedSopInstances what was not sent (0008,0058), as far as the peer told
 * @param cancelled whether we cancelled it
 */
public record MoveResponse(
        int status, String errorComment, SubOperations counts, List<String> failedSopInstances, boolean cancelled) {
    public MoveResponse {
        failedSopInstances = List.copyOf(failedSopInstances);
    }
}
