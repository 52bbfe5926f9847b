package io.prelim.inference.interpret;

import io.prelim.events.Finding;
import io.prelim.events.StudyAnalyzed.Reason;
import java.util.List;

/** What a deployment says about a study. */
public sealed interface Answer {
    /** @param findings at least one */
    record Findings(List<Finding> findings) implements Answer {
        public Findings {
            findings = List.copyOf(findings);
        }
    }

    /** The model must not answer for these images. */
    record NotApplicable(Reason reason) implements Answer {}

    /** It should have answered and could not. */
    record Failed(Reason reason) implements Answer {}
}
