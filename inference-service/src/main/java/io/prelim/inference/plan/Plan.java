package io.prelim.inference.plan;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisRequested;
import java.util.List;

/**
 * What one study asks of the models.
 *
 * @param jobs for the planned entries that are not carried over and whose deployment is in service, in the same order
 */
public record Plan(AnalysisPlanned planned, List<AnalysisRequested> jobs) {
    public Plan {
        jobs = List.copyOf(jobs);
    }
}
