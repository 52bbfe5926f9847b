package io.prelim.inference.runtime;

/** A model's process ended when an answer was due. */
final class HostEnded extends Exception {
    private static final long serialVersionUID = 1L;

    private final ModelFailure.Kind kind;

    /** @param kind why it ended: by itself, because it did not answer in time, or for want of memory */
    HostEnded(String message, ModelFailure.Kind kind) {
        super(message);
        this.kind = kind;
    }

    ModelFailure.Kind kind() {
        return kind;
    }
}
