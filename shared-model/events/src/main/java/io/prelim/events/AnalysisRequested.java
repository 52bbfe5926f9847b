package io.prelim.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The job for one deployment. Topic {@link Topics#analysisRequested}.
 *
 * @param inputDigest     of the images the model reads, or of the study where these have none
 * @param manifest        the {@link StudyManifest} part
 * @param sopInstanceUids the images the model's selection rule chose, in the manifest's order, at most {@value #MAX_IMAGES};
 *                        empty means every image of the manifest
 */
public record AnalysisRequested(
        UUID outcomeId,
        UUID studyKey,
        String studyInstanceUid,
        int revision,
        String inputDigest,
        ModelReference model,
        Priority priority,
        PartReference manifest,
        List<String> sopInstanceUids,
        Instant plannedAt,
        Instant deadline)
        implements Event {
    public static final int MAX_IMAGES = 1000;

    public AnalysisRequested {
        sopInstanceUids = sopInstanceUids == null ? List.of() : List.copyOf(sopInstanceUids);
    }

    @Override
    public String key() {
        return studyKey.toString();
    }
}
