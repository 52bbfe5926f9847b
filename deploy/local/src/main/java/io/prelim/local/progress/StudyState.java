package io.prelim.local.progress;

import java.time.Instant;
import java.util.List;

/**
 * Where a study stands.
 *
 * @param stage the furthest of its stages
 * @param revision 0 before the first
 * @param entries how it came there
 */
public record StudyState(Stage stage, int revision, List<Entry> entries) {
    /** Before the ledger knows it. */
    public static final StudyState UNSEEN = new StudyState(Stage.UNSEEN, 0, List.of());

    public StudyState {
        entries = List.copyOf(entries);
    }

    /** @param detail for people, or empty */
    public record Entry(Stage stage, Instant at, String detail) {}

    /** The last thing said about it, or empty: it explains why the study stands where it does. */
    public String detail() {
        return entries.stream()
                .map(Entry::detail)
                .filter(detail -> !detail.isEmpty())
                .reduce("", (earlier, later) -> later);
    }
}
