package io.prelim.inference.interpret;

import io.prelim.events.StudyAnalyzed.Reason;

/** A model put out what its manifest does not promise. */
public final class UnreadableOutput extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public UnreadableOutput(Reason reason) {
        super(reason.text());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
