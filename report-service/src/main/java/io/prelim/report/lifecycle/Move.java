package io.prelim.report.lifecycle;

/** What is to be done with a draft that was offered. */
public sealed interface Move {
    /** Write it as the version of the state it leads to. */
    record Write(ReportState next) implements Move {}

    /** Write nothing. */
    enum Keep implements Move {
        /** It says what the current version says. */
        SAME_CONTENT,
        /** It is of an older revision: a lower revision never overwrites a higher one. */
        LOWER_REVISION,
        /** The same plan was settled already; a deadline that has passed does not come back. */
        ALREADY_SETTLED
    }
}
