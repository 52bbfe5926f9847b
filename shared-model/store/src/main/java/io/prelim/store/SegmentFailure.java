package io.prelim.store;

import java.time.Instant;

/**
 * A write or a sync failed: what was not answered as stored then never was, and the segment is not written again.
 *
 * @param reason what the system said; of files and devices, not of what was stored
 */
public record SegmentFailure(long segment, Instant at, String reason) {}
