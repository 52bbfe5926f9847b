package io.prelim.inference.runtime;

/** A model that cannot be loaded or run. */
public final class ModelFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ModelFailure(String message) {
        super(message);
    }

    ModelFailure(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
