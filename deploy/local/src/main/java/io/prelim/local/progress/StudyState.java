package io.prelim.local.progress;

/**
 * Where a study stands.
 *
 * @param revision 0 before the first
 * @param detail why it stands there, or empty
 */
public record StudyState(Stage stage, int revision, String detail) {
    /** Before the ledger knows it. */
    public static final StudyState UNSEEN = new StudyState(Stage.UNSEEN, 0, "");
}
