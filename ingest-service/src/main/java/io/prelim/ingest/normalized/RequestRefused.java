package io.prelim.ingest.normalized;

import io.prelim.dicom.net.dimse.NormalizedResponse;

/** A DIMSE-N request that gets a failure (PS3.7 annex C). */
public final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param comment what and where, never a value */
    public RequestRefused(int status, String comment) {
        super(comment);
        this.status = status;
    }

    public NormalizedResponse response() {
        return NormalizedResponse.of(status, getMessage());
    }
}
