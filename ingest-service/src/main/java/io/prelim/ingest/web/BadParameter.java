package io.prelim.ingest.web;

/** A request's parameter is not what it must be; the message says what it must be, not what was sent. */
public final class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    /** @param problem what it must be, without what was sent */
    public BadParameter(String parameter, String problem) {
        super(parameter + " " + problem);
        this.parameter = parameter;
    }

    String parameter() {
        return parameter;
    }
}
