package io.prelim.inference.prepare;

import io.prelim.events.StudyAnalyzed.Reason;

/** An image that cannot become a tensor. The reason says what and how much, without identity. */
public final class UnpreparedImage extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    UnpreparedImage(String code, String text) {
        super(code + ": " + text);
        this.reason = new Reason(code, text);
    }

    public Reason reason() {
        return reason;
    }
}
