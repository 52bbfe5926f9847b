package io.prelim.ingest.priors;

import java.util.UUID;

/**
 * A prior study that is claimed, to be fetched.
 *
 * @param attempts so far
 */
record DueFetch(UUID studyKey, String studyInstanceUid, int attempts) {}
