package io.prelim.dicom.net.dimse;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;

/**
 * One C-MOVE (PS3.4 section C.4.2).
 *
 * @param keys unique keys, with the level (0008,0052); never to be logged
 * @param destination AE title the objects are to be sent to, 1 to 16 characters; the peer must know where that is
 */
public record MoveRequest(InformationModel model, DataSet keys, String destination) {
    public MoveRequest {
        if (keys.string(Tag.QUERY_RETRIEVE_LEVEL) == null) {
            throw new IllegalArgumentException("a retrieval needs its level, (0008,0052)");
        }
        if (destination.isBlank() || destination.length() > 16) {
            throw new IllegalArgumentException("a destination has 1 to 16 characters");
        }
    }
}
