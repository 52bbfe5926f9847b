package io.prelim.report.render;

import io.prelim.report.draft.Held;
import io.prelim.report.draft.PlainText;
import java.util.List;
import java.util.Locale;

/**
 * What stands beside a report for people, in its language, and is not of it. Identified.
 *
 * @param contextChanged that the patient's data or the order have changed; null where they have not
 */
public record Beside(String contextChanged, List<Proposed> proposals, List<String> discrepancies) {
    /** A proposal. @param sentence null where one is gone */
    public record Proposed(String what, ReportView.SentenceView sentence) {}

    /** Empty where nothing stands beside it. */
    public static Beside of(ReportView view) {
        ReportView.Reading reading = view.reading();
        if (reading == null) {
            return new Beside(null, List.of(), List.of());
        }
        Labels labels = Labels.in(view.language());
        return new Beside(
                reading.contextChanged() ? labels.of("context.changed") : null,
                reading.proposals().stream()
                        .map(each -> new Proposed(
                                labels.of(
                                        "proposal." + each.kind().name(),
                                        labels.of("section." + each.section().name())),
                                each.sentence()))
                        .toList(),
                reading.discrepancies().stream()
                        .map(each -> discrepancy(each, labels))
                        .toList());
    }

    private static String discrepancy(Held.Discrepancy each, Labels labels) {
        Held.Stated finding = each.came() == null ? each.signed() : each.came();
        boolean contradicted = each.kind() == Held.Discrepancy.Kind.CONTRADICTED;
        return labels.of(
                contradicted ? "discrepancy.contradicted" : "discrepancy.line",
                PlainText.of(finding.name()),
                PlainText.of(finding.model().deployment()),
                stated(each.signed()),
                stated(each.came()));
    }

    private static String stated(Held.Stated finding) {
        return finding == null
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%s %.4f",
                        finding.presence().name().toLowerCase(Locale.ROOT),
                        finding.probability());
    }
}
