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
 * @param stages    of this revision, in the order of a study's way; a stage may be entered more than once
 */
public record StudyView(
        UUID studyKey,
        String studyInstanceUid,
        Stage stage,
        int revision,
        long instances,
        Priority priority,
        Instant receivedAt,
        List<Entry> stages) {
    /** @param detail for people */
    public record Entry(Stage stage, Instant at, String detail) {}

    /** Where the next page goes on. */
    @JsonIgnore
    public Cursor cursor() {
        return new Cursor(receivedAt, studyKey);
    }

    /** A place in the list of studies, newest first. */
    public record Cursor(Instant receivedAt, UUID studyKey) {}
}
