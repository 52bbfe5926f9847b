package io.prelim.inference.runtime;

/** A model's process ended when an answer was due. */
final class HostEnded extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean late;

    /** @param late whether it was ended because it did not answer in time */
    HostEnded(String message, boolean late) {
        super(message);
        this.late = late;
    }

    boolean late() {
        return late;
    }
}
