package io.prelim.ingest.receive;

import io.prelim.store.StoredPart;
import java.util.UUID;

/**
 * An object as the log has it, all of its records whole.
 *
 * @param pixels null when it has no part of its own
 */
public record LoggedObject(StoredPart header, StoredPart pixels) {
    /** What it is known by: each append has a header part of its own. */
    public UUID headerPart() {
        return header.partId();
    }
}
