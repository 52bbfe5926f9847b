package io.prelim.ingest.procedure;

import java.util.Arrays;
import java.util.Optional;

/** Performed Procedure Step Status (0040,0252). */
public enum StepStatus {
    /** Images come in. */
    IN_PROGRESS("IN PROGRESS"),
    /** Everything that was announced is acquired. */
    COMPLETED("COMPLETED"),
    /** It ended early; what was acquired is announced all the same. */
    DISCONTINUED("DISCONTINUED");

    private final String term;

    StepStatus(String term) {
        this.term = term;
    }

    /** The defined term. */
    public String term() {
        return term;
    }

    static Optional<StepStatus> of(String term) {
        return Arrays.stream(values())
                .filter(status -> status.term.equals(term))
                .findFirst();
    }

    /** Whether it may still change (PS3.4 section F.7.2.2.2). */
    boolean open() {
        return this == IN_PROGRESS;
    }
}
