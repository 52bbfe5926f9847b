package io.prelim.inference.runtime;

/** A model that cannot be loaded or run. */
public final class ModelFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** How it failed. */
    public enum Kind {
        /** It says so itself, or its outputs are not what they should be. */
        FAILED,
        /** Its process ended. */
        CRASHED,
        /** It did not answer within its time. */
        LATE,
        /** It wanted more memory than its process may have. */
        OUT_OF_MEMORY,
        /** It ended its process so often that it is not run for a while. */
        QUARANTINED
    }

    private final Kind kind;
    private final int attempts;

    ModelFailure(String message) {
        this(Kind.FAILED, message, 1);
    }

    ModelFailure(Kind kind, String message, int attempts) {
        super(message);
        this.kind = kind;
        this.attempts = attempts;
    }

    public Kind kind() {
        return kind;
    }

    /** Runs it took, 1 or more. */
    public int attempts() {
        return attempts;
    }
}
