package io.prelim.inference.evidence;

import java.time.Instant;

/** Where evidence is kept. */
@FunctionalInterface
public interface EvidenceStore {
    /**
     * Has a part kept, before the outcome that names it.
     *
     * @param deadline until when passing faults are waited out at most
     * @return whether it is kept now; if not, nobody may be told of it
     */
    boolean store(EvidencePart part, Instant deadline) throws InterruptedException;
}
