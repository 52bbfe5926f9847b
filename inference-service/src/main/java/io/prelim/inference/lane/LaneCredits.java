package io.prelim.inference.lane;

import java.time.Duration;

/**
 * Whose turn it is. Stat goes first, but after {@code statCredits} stat jobs in a row a waiting routine job goes; once the oldest routine
 * job has waited longer than {@code routineMaxAge} the two lanes alternate, so that neither stat nor the oldest routine job starves.
 *
 * @param statCredits   1 or more
 * @param routineMaxAge counted from when the job was asked for
 * @param statInARow    stat jobs taken since the last routine job
 */
public record LaneCredits(int statCredits, Duration routineMaxAge, int statInARow) {
    public LaneCredits {
        if (statCredits < 1) {
            throw new IllegalArgumentException("stat credits " + statCredits + " must be at least 1");
        }
    }

    public static LaneCredits of(int statCredits, Duration routineMaxAge) {
        return new LaneCredits(statCredits, routineMaxAge, 0);
    }

    /** @param oldestRoutine how long the oldest routine job has waited; both lanes have a job waiting */
    public Lane next(Duration oldestRoutine) {
        int credits = oldestRoutine.compareTo(routineMaxAge) > 0 ? 1 : statCredits;
        return statInARow >= credits ? Lane.ROUTINE : Lane.STAT;
    }

    /** @param contended whether a job of the other lane was waiting: credits are spent only against someone who waits */
    public LaneCredits taken(Lane lane, boolean contended) {
        int row = lane == Lane.STAT && contended ? Math.min(statInARow + 1, statCredits) : 0;
        return new LaneCredits(statCredits, routineMaxAge, row);
    }
}
