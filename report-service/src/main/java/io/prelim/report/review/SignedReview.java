package io.prelim.report.review;

import io.prelim.events.Code;
import io.prelim.events.Finding.Presence;
import io.prelim.events.ReportReviewed.Difference;
import io.prelim.events.ReportReviewed.Kind;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Sentence;
import io.prelim.report.statement.SignedText;
import io.prelim.report.statement.SignedText.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Compares a draft with what was signed of the same study in the reporting system. Only things the lexicon has words for are compared: of others nothing
 * is known. What the draft says is absent and the text does not name is left out: silence may be agreement or none.
 */
public final class SignedReview {
    private final List<Said> said;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Set<String> codes = new HashSet<>();

    private SignedReview(List<Said> said) {
        this.said = said;
    }

    /** Those that were not accepted first. @param text as it was signed, in the draft's language */
    public static List<Difference> of(Draft draft, String text) {
        Set<String> known = SignedText.known(draft.language());
        SignedReview review = new SignedReview(SignedText.read(draft.language(), text));
        for (Sentence.Clinical sentence : draft.findings()) {
            for (Evidence evidence : sentence.evidence()) {
                if (evidence instanceof Evidence.OfFinding finding
                        && finding.code() != null
                        && known.contains(key(finding.code()))
                        && review.seen.add(finding.findingId())) {
                    review.compare(sentence.id(), finding);
                }
            }
        }
        review.added();
        review.differences.sort(Comparator.comparing(each -> each.kind() == Kind.ACCEPTED));
        return List.copyOf(review.differences);
    }

    private void compare(UUID sentenceId, Evidence.OfFinding finding) {
        codes.add(key(finding.code()));
        Said said = said(finding);
        boolean present = finding.presence() == Presence.PRESENT;
        boolean absent = finding.presence() == Presence.ABSENT;
        if (said == null) {
            if (present) {
                differences.add(difference(sentenceId, finding, Kind.REMOVED, false));
            }
        } else if (present && said.absent()) {
            differences.add(difference(sentenceId, finding, Kind.REMOVED, true));
        } else if (absent && said.present()) {
            differences.add(difference(sentenceId, finding, Kind.EDITED, true));
        } else {
            boolean same = absent && said.absent()
                    || present && said.present() && sameSide(finding, said) && asSure(finding, said);
            differences.add(difference(sentenceId, finding, same ? Kind.ACCEPTED : Kind.EDITED, false));
        }
    }

    /** What is said of the same side comes before what is said of none, and that before the other side. */
    private Said said(Evidence.OfFinding finding) {
        return said.stream()
                .filter(each -> each.code().equals(key(finding.code())))
                .min(Comparator.comparingInt(
                        each -> finding.laterality() != null && each.sides().contains(finding.laterality())
                                ? 0
                                : each.sides().isEmpty() ? 1 : 2))
                .orElse(null);
    }

    private static boolean sameSide(Evidence.OfFinding finding, Said said) {
        return finding.laterality() == null
                || said.sides().isEmpty()
                || said.sides().equals(Set.of(finding.laterality()));
    }

    /** Who names no certainty has no less than the draft. */
    private static boolean asSure(Evidence.OfFinding finding, Said said) {
        return said.level() == null
                || !finding.measurements().isEmpty()
                || said.level() == Certainty.standard().level(finding.probability());
    }

    private void added() {
        for (Said each : said) {
            if (each.present() && codes.add(each.code())) {
                int dot = each.code().indexOf('.');
                Code code = new Code(each.code().substring(0, dot), each.code().substring(dot + 1), null);
                String side = each.sides().size() == 1 ? each.sides().iterator().next() : null;
                differences.add(
                        new Difference(null, null, null, code, null, side, null, null, null, Kind.ADDED, false));
            }
        }
    }

    private static Difference difference(UUID sentenceId, Evidence.OfFinding finding, Kind kind, boolean contradicted) {
        return new Difference(
                finding.findingId(),
                sentenceId,
                finding.name(),
                finding.code(),
                finding.site(),
                finding.laterality(),
                finding.model(),
                finding.presence(),
                finding.probability(),
                kind,
                contradicted);
    }

    private static String key(Code code) {
        return code.scheme() + "." + code.value();
    }
}
