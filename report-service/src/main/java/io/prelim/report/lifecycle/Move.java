package io.prelim.report.lifecycle;

/** What is to be done with a draft that was offered, or with what a reader asked for. */
public sealed interface Move {
    /** Write it as the version of the state it leads to. */
    record Write(ReportState next) implements Move {}

    /** Write what the facts say now, as the version after: a claim was given up. */
    enum Redraft implements Move {
        OF_FACTS
    }

    /** Write nothing. */
    enum Keep implements Move {
        /** It says what the current version says. */
        SAME_CONTENT,
        /** It is of an older revision: a lower revision never overwrites a higher one. */
        LOWER_REVISION,
        /** The same plan was settled already; a deadline that has passed does not come back. */
        ALREADY_SETTLED
    }

    /** Not legal: nothing is written, and the reader is told why. */
    enum Refused implements Move {
        NO_DRAFT("There is no draft yet."),
        NOT_CLAIMED("The report is not claimed by this reader: claim it first."),
        CLAIMED_ALREADY("This reader has claimed the report already."),
        CLAIMED_BY_ANOTHER("Another reader has claimed the report."),
        NOT_REVIEWED("The report is not reviewed: review it first."),
        PROPOSALS_WAIT("Proposals wait: take or decline each in a review."),
        NOT_SIGNED("The report is not signed here."),
        SIGNED("The report is signed: it takes an addendum, a correction or a retraction."),
        SIGNED_OUTSIDE("The report was signed in the reporting system: what is to be said goes there."),
        RETRACTED("The report is retracted."),
        WITHDRAWN("Every image of the study was taken back."),
        NOT_SYSTEM_OF_RECORD("Reports are signed in the reporting system:"
                + " this installation is not the system of record (prelim.report.system-of-record).");

        private final String text;

        Refused(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }
}
