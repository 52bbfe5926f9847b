package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one deployment answered. Exactly one outcome id per planned entry; delivery is at least once, so a reader keeps the first.
 *
 * @param outcomeId see {@link Ids#outcome}
 * @param inputDigest as the job has it
 * @param findings  empty unless {@code status} is {@code FINDINGS}
 * @param reason    why not applicable or failed; null for findings
 * @param provider  ONNX Runtime execution provider, such as {@code CPU}; null when nothing ran
 * @param attempts  1 or more
 */
public record StudyAnalyzed(
        UUID outcomeId,
        UUID studyKey,
        String studyInstanceUid,
        int revision,
        String inputDigest,
        ModelReference model,
        Status status,
        List<Finding> findings,
        @Nullable Reason reason,
        @Nullable String provider,
        int attempts,
        @Nullable Timings timings,
        Instant analyzedAt)
        implements Event {
    public StudyAnalyzed {
        findings = findings == null ? List.of() : List.copyOf(findings);
    }

    @Override
    public String key() {
        return studyKey.toString();
    }

    /** How the analysis ended. */
    public enum Status {
        FINDINGS,
        NOT_APPLICABLE,
        FAILED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * @param code kebab-case, stable, such as {@code out-of-scope}, {@code no-answer}, {@code no-pixel-data},
     *             {@code unsupported-transfer-syntax}
     * @param text for people: what, where, how much; no identity
     */
    public record Reason(String code, String text) {}

    /** Milliseconds: waiting in the lane, fetching parts, preparing tensors, running the model. */
    public record Timings(long queuedMs, long fetchMs, long prepareMs, long runMs) {}
}
