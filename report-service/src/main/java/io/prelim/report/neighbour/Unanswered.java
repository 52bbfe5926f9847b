package io.prelim.report.neighbour;

/** Another service gave no usable answer; the message is for the reader, without what was asked for. */
public final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status to be answered: 404, 502, 503 or 504 */
    Unanswered(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
