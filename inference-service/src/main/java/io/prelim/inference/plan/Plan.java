package io.prelim.inference.plan;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisRequested;
import java.util.List;

/**
 * What one study asks of the models.
 *
 * @param jobs one for each planned entry, in the same order
 */
public record Plan(AnalysisPlanned planned, List<AnalysisRequested> jobs) {
    public Plan {
        jobs = List.copyOf(jobs);
    }
}
