package io.prelim.ingest.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.prelim.events.Priority;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A study as its ledger shows it, without identity.
 *
 * @param stage     the furthest of the stages
 * @param revision  the one the stages are of; 0 until the study was complete once
 * @param instances stored, images and others
 * @param ownResults of these, reports and segmentations of ours that came back from an archive
 * @param prior     whether it is here only because it was fetched from the archive
 * @param procedureSteps what modalities said of it, the first first
 * @param orders    that it has to do with, the first first; what does not match says nothing of the study
 * @param standingStill what it waits for too long, as the reconciler found it the last time it looked; empty when nothing is
 * @param stages    of this revision, in the order of a study's way; a stage may be entered more than once
 */
public record StudyView(
        UUID studyKey,
        String studyInstanceUid,
        Stage stage,
        int revision,
        long instances,
        long ownResults,
        Priority priority,
        Instant receivedAt,
        boolean prior,
        List<ProcedureStep> procedureSteps,
        List<Order> orders,
        List<Standstill> standingStill,
        List<Entry> stages) {
    /** @param detail for people */
    public record Entry(Stage stage, Instant at, String detail) {}

    /**
     * A modality performed procedure step.
     *
     * @param status    {@code IN_PROGRESS}, {@code COMPLETED} or {@code DISCONTINUED}
     * @param series    performed, as far as it was told
     * @param instances announced of these, images and others
     */
    public record ProcedureStep(
            String sopInstanceUid, String status, String modality, long series, long instances, Instant changedAt) {}

    /**
     * How an order and the study stand.
     *
     * @param state   {@code MATCHED}, {@code UNCONFIRMED} or {@code DIFFERS}
     * @param differs names of what is not the same: {@code accession-number}, {@code patient-id}, {@code patient-name},
     *                {@code birth-date}, {@code sex}
     */
    public record Order(UUID orderKey, String state, List<String> differs, Instant decidedAt) {}

    /**
     * What a study waits for too long.
     *
     * @param since   what it waits for should have come by itself
     * @param foundAt when that was noticed
     */
    public record Standstill(Wait.For what, int revision, Instant since, Instant foundAt) {}

    /** Where the next page goes on. */
    @JsonIgnore
    public Cursor cursor() {
        return new Cursor(receivedAt, studyKey);
    }

    /** A place in the list of studies, newest first. */
    public record Cursor(Instant receivedAt, UUID studyKey) {}
}
