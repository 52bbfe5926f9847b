package io.prelim.report.fhircast;

/** The hub does not do what was asked; nothing of it was done. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status  HTTP status: 400 of what cannot be used, 403 of what is the hub's own, 409 of what does not fit now, 413 of what
     *                is too large, 422 of events that are not relayed, 503 of a hub that is full
     * @param problem what was wrong, without what was sent
     */
    Refused(int status, String problem) {
        super(problem, null, false, false);
        this.status = status;
    }

    static Refused bad(String problem) {
        return new Refused(400, problem);
    }

    public int status() {
        return status;
    }
}
