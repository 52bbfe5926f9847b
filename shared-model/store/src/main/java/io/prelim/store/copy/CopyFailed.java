package io.prelim.store.copy;

import java.io.IOException;

/** The other store was not reached, or refused. The message says which of both by codes and types; it holds no secret. */
public final class CopyFailed extends IOException {
    private static final long serialVersionUID = 1L;

    public CopyFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
