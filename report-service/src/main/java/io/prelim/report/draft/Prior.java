package io.prelim.report.draft;

import io.prelim.events.StudyAnalyzed;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * An earlier study of the same patient, as its report stands.
 *
 * @param version   of its report
 * @param revision  of the study that version was drafted from
 * @param studyDate (0008,0020), {@code yyyyMMdd}
 * @param outcomes  the answers that version was drafted from
 */
public record Prior(
        UUID reportKey, int version, UUID studyKey, int revision, String studyDate, List<StudyAnalyzed> outcomes) {
    public Prior {
        Objects.requireNonNull(reportKey, "reportKey");
        Objects.requireNonNull(studyKey, "studyKey");
        outcomes = List.copyOf(outcomes);
    }
}
