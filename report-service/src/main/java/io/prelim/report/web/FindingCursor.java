package io.prelim.report.web;

import io.prelim.report.store.FoundFindings.Cursor;
import io.prelim.report.store.FoundFindings.Found;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Where a page of findings ended, as text: time and id of its last. */
final class FindingCursor {
    private static final String BETWEEN = "_";

    private FindingCursor() {}

    static String write(Found last) {
        return last.analyzedAt() + BETWEEN + last.findingId();
    }

    /** Null stays null. @throws BadParameter if it is none */
    static Cursor read(String text) {
        if (text == null) {
            return null;
        }
        int at = text.indexOf(BETWEEN);
        try {
            if (at > 0) {
                return new Cursor(
                        Instant.parse(text.substring(0, at)), Parameters.key("after", text.substring(at + 1)));
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new BadParameter("after", "must be the next of the page before");
    }
}
