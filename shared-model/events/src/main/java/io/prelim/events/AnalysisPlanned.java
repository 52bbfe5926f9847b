package io.prelim.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments must answer this input, in which role, by when; and which do not apply and why. Frozen per input digest.
 *
 * @param planId  UUIDv5 of study key, revision and input digest: a plan made again has the same id
 * @param inputDigest of the study
 * @param planned one entry a deployment that must answer
 * @param declined one entry a deployment that does not apply
 * @param backfill the command by which this adds to the plan of the revision; null for that plan itself
 */
public record AnalysisPlanned(
        UUID planId,
        UUID studyKey,
        String studyInstanceUid,
        int revision,
        String inputDigest,
        Priority priority,
        List<Planned> planned,
        List<Declined> declined,
        Instant plannedAt,
        @Nullable UUID backfill)
        implements Event {
    public AnalysisPlanned {
        planned = planned == null ? List.of() : List.copyOf(planned);
        declined = declined == null ? List.of() : List.copyOf(declined);
    }

    /** The plan of a revision. */
    public AnalysisPlanned(
            UUID planId,
            UUID studyKey,
            String studyInstanceUid,
            int revision,
            String inputDigest,
            Priority priority,
            List<Planned> planned,
            List<Declined> declined,
            Instant plannedAt) {
        this(planId, studyKey, studyInstanceUid, revision, inputDigest, priority, planned, declined, plannedAt, null);
    }

    @Override
    public String key() {
        return studyKey.toString();
    }

    /**
     * @param outcomeId   the id the answer will have, see {@link Ids#outcome}
     * @param deadline    after this the answer counts as {@code failed: no answer}
     * @param inputDigest of the images the model reads; null from planners that tell none
     * @param carriedOver true when an earlier revision had the same images for the model, which has answered: it is not asked again
     */
    public record Planned(
            ModelReference model,
            UUID outcomeId,
            Instant deadline,
            @Nullable String inputDigest,
            @Nullable Boolean carriedOver) {
        /** As planners told that knew no digest of the model's own images. */
        public Planned(ModelReference model, UUID outcomeId, Instant deadline) {
            this(model, outcomeId, deadline, null, null);
        }
    }

    /** @param reason for people, one sentence, no identity */
    public record Declined(ModelReference model, String reason) {}
}
