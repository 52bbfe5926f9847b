package io.prelim.report.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * A version of a report, or a mask of it, on its way to a destination. No identity.
 *
 * @param version      of the report that it was queued with
 * @param kind         {@code SR}, of the note too that takes documents back; {@code SEG}; {@code ORU}; {@code EVENT}
 * @param findingId    of a SEG; null of anything else
 * @param messageId    the same at each attempt: the SOP Instance UID, MSH-10, the id of the event
 * @param attempts     begun
 * @param refusals     in turn, that may end
 * @param digest       of what was sent first; null before
 * @param problem      what the destination said last, or why it could not be asked; null for nothing
 * @param supersededBy the version that waited behind it when it was left out; null unless it was
 * @param body         what is sent, where it is not made anew; null where it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
        long deliveryId,
        UUID reportKey,
        int version,
        String kind,
        UUID findingId,
        String messageId,
        String destination,
        DestinationType type,
        State state,
        int attempts,
        @JsonIgnore int refusals,
        String digest,
        String problem,
        Integer supersededBy,
        @JsonIgnore String body,
        Instant queuedAt,
        Instant changedAt) {
    /** The destination, where it is an archive; null otherwise. */
    @JsonProperty("archive")
    public String archive() {
        return type == DestinationType.ARCHIVE ? destination : null;
    }

    /** The instance, where it is one; null otherwise. */
    @JsonProperty("sopInstanceUid")
    public String sopInstanceUid() {
        return type == DestinationType.ARCHIVE ? messageId : null;
    }

    /** Where it stands. */
    public enum State {
        /** To be sent, now or later. */
        WAITING,
        /** The destination has it. */
        SENT,
        /** Not taken, for good. */
        REFUSED,
        /** Left out for a newer version, before it was ever sent. */
        SKIPPED
    }
}
