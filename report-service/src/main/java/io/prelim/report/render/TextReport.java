package io.prelim.report.render;

import io.prelim.report.draft.Evidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A report as plain text, at most {@value #WIDTH} columns where words allow it; each sentence points to its evidence by number. The
 * list of evidence is technical, and English in every language.
 */
public final class TextReport {
    public static final int WIDTH = 72;

    private static final int LABEL = 13;
    private static final int BANNER = 21;

    private final ReportView view;
    private final Labels labels;
    private final StringBuilder out = new StringBuilder(4096);
    private final Map<Evidence, Integer> numbers = new LinkedHashMap<>();

    private TextReport(ReportView view) {
        this.view = view;
        this.labels = Labels.in(view.language());
    }

    /** Lines end with a line feed. */
    public static String of(ReportView view) {
        return new TextReport(view).write();
    }

    private String write() {
        header();
        view.sections().forEach(this::section);
        beside(Beside.of(view));
        evidence();
        rule('=');
        return out.toString();
    }

    private void header() {
        Heading heading = Heading.of(view);
        rule('=');
        heading.banners().forEach(banner -> line(padded(banner.label(), BANNER) + banner.value()));
        rule('=');
        heading.fields().forEach(field -> wrapped(padded(field.label(), LABEL), field.value()));
    }

    private void section(ReportView.SectionView section) {
        out.append('\n');
        line(labels.of("section." + section.section().name()));
        if (section.sentences().isEmpty()) {
            line("  " + labels.of("not-stated"));
        }
        section.sentences().forEach(sentence -> sentence("  ", sentence));
    }

    private void sentence(String lead, ReportView.SentenceView sentence) {
        StringBuilder references = new StringBuilder();
        for (Evidence evidence : sentence.evidence()) {
            references
                    .append(references.isEmpty() ? " [" : ", ")
                    .append(numbers.computeIfAbsent(evidence, added -> numbers.size() + 1));
        }
        wrapped(lead, sentence.text().reveal() + references + "]");
    }

    private void beside(Beside beside) {
        if (beside.contextChanged() != null) {
            out.append('\n');
            wrapped("", beside.contextChanged());
        }
        titled("section.PROPOSALS", beside.proposals(), each -> {
            line("  " + each.what());
            if (each.sentence() != null) {
                sentence("    ", each.sentence());
            }
        });
        titled("section.DISCREPANCIES", beside.discrepancies(), each -> wrapped("  ", each));
    }

    private <T> void titled(String title, List<T> entries, Consumer<T> entry) {
        if (!entries.isEmpty()) {
            out.append('\n');
            line(labels.of(title));
            entries.forEach(entry);
        }
    }

    private void evidence() {
        out.append('\n');
        line(labels.of("section.EVIDENCE"));
        numbers.forEach((evidence, number) -> {
            List<String> lines = EvidenceLines.of(evidence);
            String mark = String.format(Locale.ROOT, "%5s ", "[" + number + "]");
            for (int i = 0; i < lines.size(); i++) {
                wrapped(i == 0 ? mark : "      ", lines.get(i));
            }
        });
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private void rule(char of) {
        line(String.valueOf(of).repeat(WIDTH));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** Breaks at blanks; following lines are indented as far as the first one's text. A word longer than a line stays whole. */
    private void wrapped(String lead, String text) {
        String prefix = lead;
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && prefix.length() + line.length() + 1 + word.length() > WIDTH) {
                line(prefix + line);
                prefix = " ".repeat(lead.length());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(prefix + line);
    }
}
