package io.prelim.dicom.json;

import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;

/**
 * A value that is elsewhere.
 *
 * @param holder the data set, or item of a sequence, that the value belongs to: {@link DataSet#put} puts it there later
 * @param path tags and item numbers, such as {@code (0040,A730)[2].(0040,A168)}
 * @param vr the value representation the JSON names
 * @param uri what BulkDataURI says, whatever that is: check it before use
 */
public record BulkDataReference(DataSet holder, String path, int tag, VR vr, String uri) {
    /** Shows no URI: it may name a patient. */
    @Override
    public String toString() {
        return path + " " + vr + " bulk data";
    }
}
