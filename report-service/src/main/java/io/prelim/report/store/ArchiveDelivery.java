package io.prelim.report.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * An instance on its way to an archive. No identity.
 *
 * @param version   of the report that it was queued with
 * @param kind      {@code SR}, of the note too that takes documents back, or {@code SEG}
 * @param findingId of a SEG; null of a report
 * @param attempts  begun
 * @param digest    of the data set as first sent; null before
 * @param problem   what the archive said last, or why it could not be asked; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArchiveDelivery(
        long deliveryId,
        UUID reportKey,
        int version,
        String kind,
        UUID findingId,
        String sopInstanceUid,
        String archive,
        State state,
        int attempts,
        String digest,
        String problem,
        Instant queuedAt,
        Instant changedAt) {
    /** Where it stands. */
    public enum State {
        /** To be sent, now or later. */
        WAITING,
        /** In the archive. */
        SENT,
        /** Not taken, for good. */
        REFUSED
    }
}
