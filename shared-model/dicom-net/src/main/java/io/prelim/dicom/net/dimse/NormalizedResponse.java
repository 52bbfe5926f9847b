package io.prelim.dicom.net.dimse;

import io.prelim.dicom.object.DataSet;

/**
 * The answer to a request of a normalized service.
 *
 * @param status 0 to FFFF (PS3.7 annex C); 0000 success, 0107 and 0116 warnings
 * @param errorComment for (0000,0902), or null; at most 64 characters are sent; holds no identity
 * @param sopInstanceUid the instance created, where it is not the one requested; else empty
 * @param dataSet attributes, action reply or event reply; null for none
 * @param errorId for (0000,0903), 0 to FFFF: which failure of the service class's it is; {@link #NO_ERROR_ID} for none
 */
public record NormalizedResponse(int status, String errorComment, String sopInstanceUid, DataSet dataSet, int errorId) {
    public static final int NO_ERROR_ID = -1;

    public static final NormalizedResponse SUCCESS = new NormalizedResponse(Status.SUCCESS, null, "", null);

    public NormalizedResponse {
        if (status < 0 || status > 0xFFFF) {
            throw new IllegalArgumentException("a status is 16 bits");
        }
        if (errorId < NO_ERROR_ID || errorId > 0xFFFF) {
            throw new IllegalArgumentException("an error id is 16 bits");
        }
    }

    /** Without an error id. */
    public NormalizedResponse(int status, String errorComment, String sopInstanceUid, DataSet dataSet) {
        this(status, errorComment, sopInstanceUid, dataSet, NO_ERROR_ID);
    }

    public static NormalizedResponse of(int status, String errorComment) {
        return new NormalizedResponse(status, errorComment, "", null);
    }

    /** Success of an N-CREATE that left the instance's UID to us. */
    public static NormalizedResponse created(String sopInstanceUid) {
        return new NormalizedResponse(Status.SUCCESS, null, sopInstanceUid, null);
    }

    public NormalizedResponse withErrorId(int value) {
        return new NormalizedResponse(status, errorComment, sopInstanceUid, dataSet, value);
    }

    /** Whether what was asked is done: success or a warning. */
    public boolean done() {
        return status == Status.SUCCESS
                || status == Status.ATTRIBUTE_LIST_ERROR
                || status == Status.ATTRIBUTE_VALUE_OUT_OF_RANGE;
    }
}
