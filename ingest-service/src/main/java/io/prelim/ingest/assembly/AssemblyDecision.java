package io.prelim.ingest.assembly;

import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyManifest;
import java.util.List;

/** What becomes of a due study. */
public sealed interface AssemblyDecision {
    /**
     * It is complete, for the first time or again with other images; or with none, when all it had were taken back.
     *
     * @param revision 1, or one more than the last
     * @param series at most {@link io.prelim.events.StudyReceived#MAX_SERIES}, sorted by UID
     */
    record NewRevision(int revision, String inputDigest, StudyManifest manifest, List<SeriesSummary> series)
            implements AssemblyDecision {
        public NewRevision {
            series = List.copyOf(series);
        }

        /** Whether no image is left of those that the study had. */
        public boolean withdrawn() {
            return manifest.images().isEmpty();
        }
    }

    /** The images are those of the last revision. */
    record Unchanged() implements AssemblyDecision {}

    /** There is no image, so nothing to analyse. */
    record NoImages() implements AssemblyDecision {}
}
