package io.prelim.ingest.intake;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the ledger relies on in each event. A check answers nothing, or what is wrong: for the operator, without content. */
final class Checks {
    private Checks() {}

    static Optional<String> analysisPlanned(AnalysisPlanned event) {
        if (event.planId() == null
                || event.studyKey() == null
                || event.inputDigest() == null
                || event.plannedAt() == null) {
            return Optional.of("planId, studyKey, inputDigest or plannedAt is missing");
        }
        Set<UUID> outcomes = new HashSet<>();
        for (AnalysisPlanned.Planned planned : event.planned()) {
            if (planned.outcomeId() == null || planned.deadline() == null || !named(planned.model())) {
                return Optional.of("a planned answer has no id, deadline or model");
            }
            if (!outcomes.add(planned.outcomeId())) {
                return Optional.of("an answer is planned twice");
            }
        }
        if (!event.declined().stream().allMatch(declined -> named(declined.model()))) {
            return Optional.of("a declined entry has no model");
        }
        return revision(event.revision());
    }

    static Optional<String> studyAnalyzed(StudyAnalyzed event) {
        if (event.outcomeId() == null
                || event.studyKey() == null
                || event.status() == null
                || event.analyzedAt() == null
                || event.model() == null) {
            return Optional.of("outcomeId, studyKey, status, model or analyzedAt is missing");
        }
        return revision(event.revision());
    }

    static Optional<String> reportChanged(ReportChanged event) {
        if (event.reportKey() == null || event.studyKeys().isEmpty()) {
            return Optional.of("reportKey is missing, or no study is named");
        }
        return revision(event.revision());
    }

    private static boolean named(ModelReference model) {
        return model != null && model.role() != null;
    }

    private static Optional<String> revision(int revision) {
        return revision < 1 ? Optional.of("revision is below 1") : Optional.empty();
    }
}
