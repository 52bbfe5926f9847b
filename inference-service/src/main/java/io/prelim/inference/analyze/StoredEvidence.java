package io.prelim.inference.analyze;

import io.prelim.events.Finding;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.evidence.EvidencePart;
import io.prelim.inference.interpret.Answer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Has evidence stored before anything names it. */
final class StoredEvidence {
    private StoredEvidence() {}

    /** @return the answer, its findings without the evidence that could not be stored */
    static Answer first(Answer answer, Optional<EvidenceKeeping> keeping, Instant deadline)
            throws InterruptedException {
        if (!(answer instanceof Answer.Findings found) || found.evidence().isEmpty()) {
            return answer;
        }
        Set<UUID> stored = new HashSet<>();
        for (EvidencePart part : found.evidence()) {
            if (keeping.isPresent() && keeping.get().keep(part, deadline)) {
                stored.add(part.reference().partId());
            }
        }
        List<Finding> findings = found.findings().stream()
                .map(finding -> finding.evidence() == null
                                || stored.contains(finding.evidence().partId())
                        ? finding
                        : finding.withEvidence(null))
                .toList();
        return new Answer.Findings(findings, found.evidence());
    }
}
