package io.prelim.ingest.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.prelim.events.ModelRole;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where a study is and how it came there, without identity.
 *
 * @param asOf       when it was so, by the database's clock
 * @param revision   the current one; 0 until the study was complete once
 * @param waitingFor images of the next revision first; empty when nothing is
 * @param models     of the current revision's plan, in the order of their names
 * @param spans      how long the current revision took, as far as it came
 * @param leftOut    entries that are older than those here, and not here
 * @param entries    in the order in which it happened
 */
public record Timeline(
        UUID studyKey,
        String studyInstanceUid,
        Instant asOf,
        Stage stage,
        int revision,
        long instances,
        Priority priority,
        List<Wait> waitingFor,
        List<Model> models,
        List<Span> spans,
        long leftOut,
        List<Entry> entries) {

    /**
     * One thing that happened.
     *
     * @param at       when, by the clock of who did it
     * @param seenAt   when ingest was told, by its database's clock; left out for what ingest did itself, but for FIRST_INSTANCE, which
     *     is of its first byte: when it was stored
     * @param revision 0 for what is of no revision
     * @param detail   for people, one line
     * @param afterMs  milliseconds after the entry before, and below 0 never: what is told to be of later than it was seen
     *                 stands where it was seen; left out for the first
     * @param outcome  of an {@link Fact#OUTCOME}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            Instant at, Instant seenAt, Fact what, int revision, String detail, Long afterMs, Outcome outcome) {
        /** When it was so, as far as can be known: nothing happens after it was seen. */
        Instant placedAt() {
            return seenAt != null && seenAt.isBefore(at) ? seenAt : at;
        }
    }

    /**
     * What a model answered, and how long that took it.
     *
     * @param provider ONNX Runtime execution provider; left out when nothing ran
     * @param timings  left out when it tells none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Outcome(
            UUID outcomeId,
            String deployment,
            ModelRole role,
            StudyAnalyzed.Status status,
            String reason,
            Integer findings,
            String provider,
            Integer attempts,
            StudyAnalyzed.Timings timings) {}

    /**
     * A model that is planned.
     *
     * @param answeredAt left out when it has not
     * @param overdue    whether it is too late for an answer to be waited for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Model(
            String deployment,
            ModelRole role,
            Instant deadline,
            StudyAnalyzed.Status status,
            Instant answeredAt,
            boolean overdue) {}

    /**
     * What lies between two entries of a revision.
     *
     * @param name {@code receiving}, {@code quiet}, {@code publishing}, {@code planning}, {@code analysing}, {@code drafting};
     *             {@code total} from the first object to the draft
     * @param ms   milliseconds; by the clocks of who did it, which may differ
     */
    public record Span(String name, long ms) {}
}
