package io.prelim.ingest.assembly;

import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyManifest;
import java.util.List;

/** What becomes of a due study. */
public sealed interface AssemblyDecision {
    /**
     * It is complete, for the first time or again with other images.
     *
     * @param revision 1, or one more than the last
     * @param series sorted by UID
     */
    record NewRevision(int revision, String inputDigest, StudyManifest manifest, List<SeriesSummary> series)
            implements AssemblyDecision {
        public NewRevision {
            series = List.copyOf(series);
        }
    }

    /** The images are those of the last revision. */
    record Unchanged() implements AssemblyDecision {}

    /** There is no image, so nothing to analyse. */
    record NoImages() implements AssemblyDecision {}
}
