package io.prelim.report.render;

import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.Phi;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Held;
import io.prelim.report.draft.PlainText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A report as plain text, at most {@value #WIDTH} columns where words allow it; each sentence points to its evidence by number. The
 * list of evidence is technical, and English in every language.
 */
public final class TextReport {
    public static final int WIDTH = 72;

    private static final int LABEL = 13;
    private static final int BANNER = 21;
    private static final int DIGEST = 19;

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
        if (view.reading() != null) {
            reading(view.reading());
        }
        evidence();
        rule('=');
        return out.toString();
    }

    private void header() {
        String status = labels.of("status." + view.status().name());
        rule('=');
        line(banner(view.titleKey()) + status);
        if (view.synthetic()) {
            line(banner("synthetic") + labels.of("synthetic.none"));
        }
        view.signed()
                .forEach(each -> line(banner("signed")
                        + labels.of(
                                "signed.line",
                                labels.of("signed." + each.status().name()),
                                time(each.signedAt()),
                                PlainText.of(each.sender()))));
        rule('=');
        ReportView.Patient patient = view.patient();
        if (patient == null) {
            field("patient", labels.of("patient.unknown"));
        } else {
            field("patient", name(patient.name()));
            field("patient.id", reveal(patient.id()));
            field("patient.born", date(reveal(patient.birthDate())) + ", " + or(patient.sex()));
            field("accession", reveal(patient.accessionNumber()));
            field("study.date", date(patient.studyDate()));
        }
        field("study", view.studyInstanceUid());
        field("report", view.reportKey().toString());
        field(
                "version",
                labels.of(
                        "version.line",
                        Integer.toString(view.version()),
                        time(view.createdAt()),
                        Integer.toString(view.revision())));
        field("status", status + ", " + labels.of(view.settled() ? "status.settled" : "status.awaited"));
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

    /** What stands beside the report, and is not of it. */
    private void reading(ReportView.Reading reading) {
        if (reading.contextChanged()) {
            out.append('\n');
            wrapped("", labels.of("context.changed"));
        }
        titled("section.PROPOSALS", reading.proposals(), each -> {
            line("  "
                    + labels.of(
                            "proposal." + each.kind().name(),
                            labels.of("section." + each.section().name())));
            if (each.sentence() != null) {
                sentence("    ", each.sentence());
            }
        });
        titled("section.DISCREPANCIES", reading.discrepancies(), each -> {
            Held.Stated finding = each.came() == null ? each.signed() : each.came();
            wrapped(
                    "  ",
                    labels.of(
                            "discrepancy.line",
                            PlainText.of(finding.name()),
                            PlainText.of(finding.model().deployment()),
                            stated(each.signed()),
                            stated(each.came())));
        });
    }

    private <T> void titled(String title, List<T> entries, Consumer<T> entry) {
        if (!entries.isEmpty()) {
            out.append('\n');
            line(labels.of(title));
            entries.forEach(entry);
        }
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

    private void evidence() {
        out.append('\n');
        line(labels.of("section.EVIDENCE"));
        numbers.forEach((evidence, number) -> {
            List<String> lines = lines(evidence);
            String mark = String.format(Locale.ROOT, "%5s ", "[" + number + "]");
            for (int i = 0; i < lines.size(); i++) {
                wrapped(i == 0 ? mark : "      ", lines.get(i));
            }
        });
    }

    private static List<String> lines(Evidence evidence) {
        List<String> lines = new ArrayList<>();
        if (evidence instanceof Evidence.OfFinding finding) {
            lines.add("finding " + finding.findingId());
            lines.add(PlainText.of(finding.name()) + code(finding) + ": "
                    + finding.presence().name().toLowerCase(Locale.ROOT));
            lines.add(finding.measurements().isEmpty() ? probability(finding) : measured(finding));
            addModel(lines, finding.model());
            finding.images()
                    .forEach(image -> lines.add("image " + PlainText.of(image.sopInstanceUid()) + frame(image)));
        } else if (evidence instanceof Evidence.OfPrior prior) {
            lines.add("earlier study of " + date(prior.studyDate()) + ", report " + prior.reportKey() + ", version "
                    + prior.version());
            lines.addAll(lines(prior.finding()));
        } else if (evidence instanceof Evidence.OfTemplate template) {
            lines.add("template " + PlainText.of(template.name()) + " " + digest(template.digest()));
        } else if (evidence instanceof Evidence.OfProcess process) {
            lines.add("plan " + process.planId() + ": " + PlainText.of(process.code()));
            if (process.outcomeId() != null) {
                lines.add("outcome " + process.outcomeId());
            }
            if (process.model() != null) {
                addModel(lines, process.model());
            }
        } else if (evidence instanceof Evidence.OfStudy study) {
            lines.add("study " + study.studyKey() + ", revision " + study.revision());
            lines.add("input " + digest(study.inputDigest()));
        } else if (evidence instanceof Evidence.OfReader reader) {
            lines.add("words of reader " + PlainText.of(reader.by()) + ", " + time(reader.at()));
            if (reader.replaces() != null) {
                lines.add("in place of sentence " + reader.replaces());
            }
            reader.findings().forEach(finding -> lines.add("on finding " + finding));
        } else {
            lines.add("patient context, "
                    + ((Evidence.OfContext) evidence)
                            .field()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' '));
        }
        return lines;
    }

    private static String probability(Evidence.OfFinding finding) {
        return String.format(
                Locale.ROOT,
                "probability %.4f, threshold %.4f%s",
                finding.probability(),
                finding.threshold(),
                finding.calibration() == null ? "" : ", calibration " + PlainText.of(finding.calibration()));
    }

    private static String measured(Evidence.OfFinding finding) {
        return finding.measurements().stream()
                .map(measured -> String.format(
                        Locale.ROOT,
                        "measured: %s (%s %s) %.4f %s",
                        PlainText.of(measured.code().meaning()),
                        PlainText.of(measured.code().scheme()),
                        PlainText.of(measured.code().value()),
                        measured.value(),
                        PlainText.of(measured.unit())))
                .collect(Collectors.joining("; "));
    }

    private static void addModel(List<String> lines, ModelReference model) {
        lines.add("model " + PlainText.of(model.id() == null ? model.deployment() : model.id()) + " "
                + PlainText.of(model.version()) + (model.researchOnly() ? " (research only)" : "") + " "
                + digest(model.modelDigest()));
    }

    private static String code(Evidence.OfFinding finding) {
        return finding.code() == null
                ? ""
                : " (" + PlainText.of(finding.code().scheme()) + " "
                        + PlainText.of(finding.code().value()) + ")";
    }

    private static String frame(Finding.ImageReference image) {
        return image.frame() > 0 ? ", frame " + image.frame() : "";
    }

    /** Enough of a digest to tell two apart by eye. */
    private static String digest(String digest) {
        String plain = PlainText.of(digest);
        return plain.length() > DIGEST ? plain.substring(0, DIGEST) : plain;
    }

    /** (0010,0010) for people: "Family, Given"; further components are left out. */
    private static String name(Phi<String> name) {
        if (name == null) {
            return "-";
        }
        String[] components = name.reveal().split("=", 2)[0].split("\\^", -1);
        String given = components.length > 1 ? components[1].strip() : "";
        return given.isEmpty() ? or(components[0].strip()) : components[0].strip() + ", " + given;
    }

    private static String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    private static String date(String value) {
        return value != null && value.matches("[0-9]{8}")
                ? value.substring(0, 4) + "-" + value.substring(4, 6) + "-" + value.substring(6)
                : or(value);
    }

    private static String reveal(Phi<String> value) {
        return value == null ? null : value.reveal();
    }

    private static String or(String value) {
        return value == null || value.isEmpty() ? "-" : value;
    }

    private void field(String key, String value) {
        wrapped(padded(labels.of(key), LABEL), or(value));
    }

    private String banner(String key) {
        return padded(labels.of(key), BANNER);
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
