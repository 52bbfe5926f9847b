package io.prelim.inference.evidence;

import io.prelim.inference.log.OperatorMessage;
import java.time.Instant;
import java.util.function.Consumer;

/** A store, and who counts what became of evidence. */
public record EvidenceKeeping(EvidenceStore store, Consumer<Result> counted) {
    /** What became of the evidence of one finding. */
    public enum Result {
        STORED,
        /** It was made, and could not be stored. */
        FAILED,
        /** It could not be made: no number in the map, no time left, a model that failed. */
        UNMADE
    }

    /** As {@link EvidenceStore#store}; whatever breaks costs the evidence, not the outcome. */
    public boolean keep(EvidencePart part, Instant deadline) throws InterruptedException {
        boolean stored = false;
        try {
            stored = store.store(part, deadline);
        } catch (RuntimeException e) {
            OperatorMessage.EVIDENCE_BROKE.log(e, "part", part.reference().partId());
        }
        counted.accept(stored ? Result.STORED : Result.FAILED);
        return stored;
    }

    /** Counts evidence that could not be made. */
    public void unmade() {
        counted.accept(Result.UNMADE);
    }
}
