package io.prelim.report.review;

import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Held;
import io.prelim.report.draft.Held.Seen;
import io.prelim.report.draft.Held.Stated;
import io.prelim.report.draft.Sentence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What facts say in several sentences now and a writer had put into one: nothing that anybody must decide about. */
final class Restated {
    private Restated() {}

    /** Ids of the sentences that were seen and of those that say the same now, finding by finding, and no less. */
    static Set<UUID> of(Held held, Draft newer) {
        Set<UUID> seen = held.seen().stream().map(Seen::sentenceId).collect(Collectors.toSet());
        Set<UUID> told = newer.sections().values().stream()
                .flatMap(List::stream)
                .map(Sentence::id)
                .collect(Collectors.toSet());
        Set<UUID> restated = new HashSet<>();
        for (Seen lost : held.seen()) {
            if (!told.contains(lost.sentenceId()) && !lost.findings().isEmpty()) {
                List<Sentence> now = newer.sections().getOrDefault(lost.section(), List.of()).stream()
                        .filter(sentence -> !seen.contains(sentence.id()) && partOf(lost, sentence, held.stated()))
                        .map(Sentence.class::cast)
                        .toList();
                Set<UUID> findings = now.stream()
                        .flatMap(sentence -> Holding.stated(sentence).stream())
                        .map(Stated::findingId)
                        .collect(Collectors.toSet());
                if (findings.containsAll(lost.findings())) {
                    restated.add(lost.sentenceId());
                    now.forEach(sentence -> restated.add(sentence.id()));
                }
            }
        }
        return restated;
    }

    private static boolean partOf(Seen lost, Sentence sentence, List<Stated> stated) {
        List<Stated> findings = Holding.stated(sentence);
        return sentence instanceof Sentence.Claim claim
                && claim.evidence().stream().allMatch(Evidence.OfFinding.class::isInstance)
                && stated.containsAll(findings)
                && findings.stream().map(Stated::findingId).allMatch(lost.findings()::contains);
    }
}
