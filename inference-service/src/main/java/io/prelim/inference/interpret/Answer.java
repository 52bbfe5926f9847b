package io.prelim.inference.interpret;

import io.prelim.events.Finding;
import io.prelim.events.StudyAnalyzed.Reason;
import io.prelim.inference.evidence.EvidencePart;
import java.util.List;

/** What a deployment says about a study. */
public sealed interface Answer {
    /**
     * @param findings at least one
     * @param evidence the parts that {@link Finding#evidence} names
     */
    record Findings(List<Finding> findings, List<EvidencePart> evidence) implements Answer {
        public Findings {
            findings = List.copyOf(findings);
            evidence = List.copyOf(evidence);
        }
    }

    /** The model must not answer for these images. */
    record NotApplicable(Reason reason) implements Answer {}

    /** It should have answered and could not. */
    record Failed(Reason reason) implements Answer {}
}
