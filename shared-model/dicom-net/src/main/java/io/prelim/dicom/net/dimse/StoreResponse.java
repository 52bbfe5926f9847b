package io.prelim.dicom.net.dimse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The answer to one C-STORE request.
 *
 * @param status 0000 success, B0xx warning, A7xx, A9xx, Cxxx failure (PS3.4 table B.2-1)
 * @param errorComment for (0000,0902), or null; at most 64 characters are sent; holds no identity
 */
public record StoreResponse(int status, String errorComment) {
    public static final StoreResponse SUCCESS = new StoreResponse(0, null);

    public StoreResponse {
        if (status < 0 || status > 0xFFFF) {
            throw new IllegalArgumentException("a status is 16 bits");
        }
    }

    public static StoreResponse of(int status, String errorComment) {
        return new StoreResponse(status, errorComment);
    }

    /** This answer, there at once. */
    public CompletionStage<StoreResponse> now() {
        return CompletableFuture.completedStage(this);
    }

    /** Whether the object is stored: success or a warning. */
    public boolean stored() {
        return status == 0 || (status & 0xF000) == 0xB000;
    }
}
