package io.prelim.ingest.patients;

/** A merge that contradicts those before it; nothing of it is kept. */
public final class MergeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What it contradicts. */
    public enum Why {
        /** The patient that is to go on was itself merged into the prior one. */
        CYCLE,
        /** The prior one was merged into somebody else. */
        MERGED_ELSEWHERE
    }

    private final Why why;

    MergeRefused(Why why) {
        super("merge refused: " + why);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
