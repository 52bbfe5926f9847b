package io.prelim.report.lifecycle;

import java.time.Instant;

/**
 * What a reader asks for.
 *
 * @param by             the reader's id
 * @param systemOfRecord whether reports are signed here
 * @param withdrawn      whether every image of the study was taken back
 * @param proposals      how many wait for a decision
 */
public record Command(Act act, String by, Instant at, boolean systemOfRecord, boolean withdrawn, int proposals) {
    /** The moves of readers. */
    public enum Act {
        CLAIM,
        RELEASE,
        REVIEW,
        SIGN,
        ADDEND,
        CORRECT,
        RETRACT
    }
}
