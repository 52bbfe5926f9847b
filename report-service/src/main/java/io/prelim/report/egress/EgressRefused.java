package io.prelim.report.egress;

import java.io.IOException;

/** An address is not to be led to; the message says why, and may be told. */
public final class EgressRefused extends IOException {
    private static final long serialVersionUID = 1L;

    EgressRefused(String problem) {
        super(problem);
    }
}
