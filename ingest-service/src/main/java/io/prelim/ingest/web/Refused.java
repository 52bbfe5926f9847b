package io.prelim.ingest.web;

import java.util.Objects;

/** A request that is answered with a problem (RFC 9457); its detail says what is wrong, never what was sent. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status 400 to 599; 503 is answered with a Retry-After */
    public Refused(int status, String detail) {
        super(Objects.requireNonNull(detail, "detail"));
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is no error");
        }
        this.status = status;
    }

    public int status() {
        return status;
    }
}
