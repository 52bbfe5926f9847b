package io.prelim.ingest.priors;

/** The archive cannot be asked, or gave no usable answer; holds no identity. */
public final class PriorsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Why {
        /** None is configured. */
        NO_ARCHIVE("prelim.priors.archive names no remote that has a host and port"),
        /** The study does not say whose it is. */
        NO_PATIENT_ID("the study has no patient ID to ask for"),
        /** It is away, refuses, or fails. */
        ARCHIVE_FAILED("the archive did not answer as it should");

        private final String text;

        Why(String text) {
            this.text = text;
        }
    }

    private final Why why;

    PriorsUnavailable(Why why, Throwable cause) {
        super(why.text, cause);
        this.why = why;
    }

    PriorsUnavailable(Why why) {
        this(why, null);
    }

    public Why why() {
        return why;
    }
}
