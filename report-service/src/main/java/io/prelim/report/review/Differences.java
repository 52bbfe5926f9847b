package io.prelim.report.review;

import io.prelim.events.ReportReviewed;
import io.prelim.events.ReportReviewed.Difference;
import io.prelim.events.ReportReviewed.Kind;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Held;
import io.prelim.report.draft.Held.Decision;
import io.prelim.report.draft.Held.Seen;
import io.prelim.report.draft.Held.Stated;
import io.prelim.report.draft.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells in codes what a reader made of what models found. */
public final class Differences {
    private Differences() {}

    /**
     * One for each finding about which the reader decided, one for each sentence they added; what was not accepted first, and no more
     * than {@link ReportReviewed#MOST_DIFFERENCES}.
     */
    public static List<Difference> of(Draft reviewed) {
        List<Difference> differences = new ArrayList<>();
        Held held = reviewed.held();
        for (Stated finding : held.stated()) {
            List<Seen> decided = held.seen().stream()
                    .filter(each -> each.decision() != null && each.findings().contains(finding.findingId()))
                    .toList();
            if (!decided.isEmpty()) {
                differences.add(difference(finding, decided));
            }
        }
        reviewed.sections().values().stream()
                .flatMap(List::stream)
                .filter(Sentence.Authored.class::isInstance)
                .map(Sentence.Authored.class::cast)
                .filter(each -> each.source().replaces() == null)
                .forEach(each -> differences.add(added(each.id())));
        differences.sort(Comparator.comparing(each -> each.kind() == Kind.ACCEPTED));
        return List.copyOf(differences.subList(0, Math.min(differences.size(), ReportReviewed.MOST_DIFFERENCES)));
    }

    /** Accepted, or removed, where every sentence about it was; else edited. */
    private static Difference difference(Stated finding, List<Seen> decided) {
        Set<Decision> decisions = decided.stream().map(Seen::decision).collect(Collectors.toSet());
        Kind kind = decisions.size() > 1
                ? Kind.EDITED
                : switch (decided.get(0).decision()) {
                    case ACCEPTED -> Kind.ACCEPTED;
                    case EDITED -> Kind.EDITED;
                    case REMOVED -> Kind.REMOVED;
                };
        Seen told = decided.stream()
                .filter(each -> kind == Kind.ACCEPTED || each.decision() != Decision.ACCEPTED)
                .findFirst()
                .orElse(decided.get(0));
        return new Difference(
                finding.findingId(),
                told.sentenceId(),
                finding.name(),
                finding.code(),
                finding.site(),
                finding.laterality(),
                finding.model(),
                finding.presence(),
                finding.probability(),
                kind,
                decided.stream().anyMatch(Seen::contradicted));
    }

    private static Difference added(UUID sentenceId) {
        return new Difference(null, sentenceId, null, null, null, null, null, null, null, Kind.ADDED, false);
    }
}
