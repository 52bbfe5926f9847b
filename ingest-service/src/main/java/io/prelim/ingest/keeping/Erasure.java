package io.prelim.ingest.keeping;

import java.time.Instant;
import java.util.UUID;

/**
 * That a study was erased.
 *
 * @param removedAt when no byte of it was on disk any longer; null while some may be
 */
public record Erasure(UUID erasureId, UUID studyKey, Instant requestedAt, Instant removedAt) {}
