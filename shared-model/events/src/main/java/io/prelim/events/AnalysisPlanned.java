package io.prelim.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which deployments must answer this input, in which role, by when; and which do not apply and why. Frozen per input digest.
 *
 * @param planId  UUIDv5 of study key, revision and input digest: a plan made again has the same id
 * @param planned one entry a deployment that must answer
 * @param declined one entry a deployment that does not apply
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
        Instant plannedAt)
        implements Event {
    public AnalysisPlanned {
        planned = planned == null ? List.of() : List.copyOf(planned);
        declined = declined == null ? List.of() : List.copyOf(declined);
    }

    @Override
    public String key() {
        return studyKey.toString();
    }

    /**
     * @param outcomeId the id the answer will have, see {@link Ids#outcome}
     * @param deadline  after this the answer counts as {@code failed: no answer}
     */
    public record Planned(ModelReference model, UUID outcomeId, Instant deadline) {}

    /** @param reason for people, one sentence, no identity */
    public record Declined(ModelReference model, String reason) {}
}
