package io.prelim.report.delivery;

/** What a destination says to what was sent. A problem is told to operators and holds nothing of what was sent. */
public sealed interface Answer {
    /** It has it. @param note a warning; null for none */
    record Stored(String note) implements Answer {}

    /** It will not take it: nothing is gained by asking again. */
    record Refused(String problem) implements Answer {}

    /** It cannot take it now. @param most such answers in turn, the last of which is a refusal */
    record Later(String problem, int most) implements Answer {
        /** However often. */
        public Later(String problem) {
            this(problem, Integer.MAX_VALUE);
        }
    }

    /** It wants nothing any more. */
    record Gone(String problem) implements Answer {}
}
