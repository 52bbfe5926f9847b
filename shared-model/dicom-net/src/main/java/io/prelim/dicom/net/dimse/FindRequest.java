package io.prelim.dicom.net.dimse;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;

/**
 * One C-FIND (PS3.4 section C.4.1).
 *
 * @param keys matching and return keys, with the query's level (0008,0052); never to be logged
 * @param maxMatches after so many matches the rest is cancelled, at least 1
 */
public record FindRequest(InformationModel model, DataSet keys, int maxMatches) {
    public FindRequest {
        if (keys.string(Tag.QUERY_RETRIEVE_LEVEL) == null) {
            throw new IllegalArgumentException("a query needs its level, (0008,0052)");
        }
        if (maxMatches < 1) {
            throw new IllegalArgumentException("maxMatches must be at least 1");
        }
    }
}
