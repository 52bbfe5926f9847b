package io.prelim.ingest.web.stow;

/** What became of one object of a request. */
sealed interface ObjectOutcome {
    /** Durable and indexed, now or before. */
    record Stored(String sopClassUid, String sopInstanceUid) implements ObjectOutcome {}

    /** @param reason (0008,1197), of {@link FailureReason} or of {@code receive} */
    record Failed(String sopClassUid, String sopInstanceUid, int reason) implements ObjectOutcome {}

    /** Not stored, and nobody can say which object it is. */
    record Unknown(int reason) implements ObjectOutcome {}
}
