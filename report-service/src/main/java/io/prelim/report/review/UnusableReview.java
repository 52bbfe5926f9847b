package io.prelim.report.review;

/** A review cannot be applied to the draft it is of. */
public final class UnusableReview extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    /** @param problem without what was sent */
    public UnusableReview(String parameter, String problem) {
        super(parameter + " " + problem);
        this.parameter = parameter;
    }

    /** What of the review is wrong, such as {@code sentences[2].text}. */
    public String parameter() {
        return parameter;
    }
}
