package io.prelim.inference.parts;

import io.prelim.events.PartReference;
import java.time.Instant;

/** Where parts come from. */
@FunctionalInterface
public interface Parts {
    /**
     * The whole part, of the length and digest its reference says.
     *
     * @param deadline until when passing faults are waited out
     * @throws PartUnavailable if it cannot be had by then, or at all
     */
    byte[] read(PartReference part, Instant deadline) throws PartUnavailable, InterruptedException;
}
