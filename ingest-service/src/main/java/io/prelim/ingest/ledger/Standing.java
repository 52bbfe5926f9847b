package io.prelim.ingest.ledger;

import java.time.Instant;

/**
 * How a study stands, as far as it matters for what it waits for. Times are the database's.
 *
 * @param prior          it is here only because it was fetched: nothing becomes of it
 * @param gone           nothing of it is stored any longer
 * @param unassembled    whether images are stored that no revision was made with
 * @param dueAt          when it counts as complete; null: nothing new to assemble
 * @param takenUntil     somebody assembles it, or tries again after that; null or past: nobody
 * @param lastInstanceAt when the last object was stored; null when none is
 * @param completedAt    when it was found complete the last time; null: never
 * @param told           the event of the current revision; null when there is none
 * @param plan           of the current revision; null when none was seen
 * @param drafted        whether a settled report of the current revision, or a later one, was seen
 */
record Standing(
        Instant now,
        int revision,
        boolean prior,
        boolean gone,
        boolean unassembled,
        Instant dueAt,
        Instant takenUntil,
        Instant lastInstanceAt,
        Instant completedAt,
        Told told,
        Plan plan,
        boolean drafted) {

    /**
     * An outbox row.
     *
     * @param sends    times the broker acknowledged it
     * @param failures since it last did
     * @param refused  whether it never will
     */
    record Told(Instant at, int sends, int failures, Instant nextSendAt, boolean refused) {}

    /**
     * @param active     deployments that must answer
     * @param open       of these, those that have not and are not overdue
     * @param deadline   the first of theirs; null when none is open
     * @param analyzedAt when all had answered or were overdue; null: not yet
     */
    record Plan(Instant at, int active, int open, Instant deadline, Instant analyzedAt) {}
}
