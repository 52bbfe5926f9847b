package io.prelim.store;

import java.time.Instant;
import java.util.UUID;

/**
 * A part as a segment tells of it: enough to rebuild an index row.
 *
 * @param partClass in the owner's numbering
 * @param writtenAt by the writer's clock
 */
public record StoredPart(
        UUID partId,
        UUID studyKey,
        int partClass,
        String instanceUid,
        String annotation,
        Sha256 digest,
        Location location,
        Instant writtenAt) {
    static StoredPart of(RecordHeader header, long segment, long start) {
        return new StoredPart(
                header.partId(),
                header.studyKey(),
                header.partClass(),
                header.instanceUid(),
                header.annotation(),
                header.digest(),
                new Location(segment, start + header.bytes(), header.contentLength()),
                header.writtenAt());
    }
}
