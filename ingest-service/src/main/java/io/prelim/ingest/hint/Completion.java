package io.prelim.ingest.hint;

import java.util.UUID;

/**
 * How a study stands that was said to be complete.
 *
 * @param revision the last one; 0 when there is none
 */
public record Completion(UUID studyKey, State state, int revision) {
    /** Where it stands. */
    public enum State {
        /** Its images are looked at now. */
        ASSEMBLING,
        /** Nothing came since the last revision. */
        COMPLETE,
        /** Instances were announced that have not come; its quiet period goes on. */
        AWAITED,
        /** It never had an image that makes a revision, or has none any longer. */
        NOTHING_DUE
    }
}
