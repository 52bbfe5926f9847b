package io.prelim.inference.parts;

import io.prelim.events.StudyAnalyzed.Reason;

/** A part that cannot be read. The reason says why and how much. */
public final class PartUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public PartUnavailable(String code, String text) {
        super(code + ": " + text);
        this.reason = new Reason(code, text);
    }

    public Reason reason() {
        return reason;
    }
}
