package io.prelim.ingest.hint;

/**
 * Why a quiet period ends early.
 *
 * @param source what it came from; with study and revision it makes the ledger's entry
 * @param why    for people, without identity
 * @param overOpenSteps whether it counts although a procedure step of the study is in progress
 */
public record Hint(String source, String why, boolean overOpenSteps) {
    private static final String ENDED = "quiet period ended early: ";

    /** @param by who asked, as far as is known */
    public static Hint asked(String by) {
        return new Hint("complete:" + by, "asked for over " + by, true);
    }

    /** Its sender, which is configured so, released the last association that carried images of it. */
    public static Hint released() {
        return new Hint("release", "the sender released its association", false);
    }

    /** All instances of a step that is completed, or of a notification, are here. */
    static Hint announced(Announcement.Source source, String sopInstanceUid, long instances) {
        return new Hint(source.code() + ":" + sopInstanceUid, source.said(instances), false);
    }

    /** The archive has no more than is here. */
    static Hint counted(long instances) {
        return new Hint("count", "all " + instances + " instances that the archive has are here", false);
    }

    /** The line of the ledger. */
    String detail() {
        return ENDED + why;
    }
}
