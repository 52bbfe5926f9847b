package io.prelim.ingest.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that a study waits for.
 *
 * @param revision      that waits; the next one for what comes before an assembly
 * @param by            when it ends, or is done anew; left out when nothing says so
 * @param next          what will happen then, for people
 * @param standingStill whether it lasts longer than it may
 */
public record Wait(For what, int revision, Instant since, Instant by, String next, boolean standingStill) {
    /** What a study may wait for, in the order of its way. */
    public enum For {
        /** That no new image comes. */
        QUIET_PERIOD,
        /** That images which were stored make it due: they should have at once. */
        DUE,
        /** That its images are assembled. */
        ASSEMBLY,
        /** That its revision is told: it should have been with the assembly. */
        EVENT,
        /** That the broker takes what must be told. */
        BROKER,
        /** That what the broker will never take is told another way. */
        REFUSED,
        /** That the planner decides who must answer. */
        PLAN,
        /** Models. */
        ANSWERS,
        /** That the report is settled. */
        REPORT
    }

    /** Models may take until their deadline, and the quiet period ends by itself. */
    static Wait of(For what, int revision, Instant since, Instant by, String next, Instant now, Duration longest) {
        Instant from = what == For.ANSWERS && by != null ? by : since;
        boolean still = what == For.REFUSED || (what != For.QUIET_PERIOD && now.isAfter(from.plus(longest)));
        return new Wait(what, revision, since, by, next, still);
    }
}
