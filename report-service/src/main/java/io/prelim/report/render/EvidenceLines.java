package io.prelim.report.render;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A piece of evidence for people: technical, and English in every language. */
public final class EvidenceLines {
    private static final int DIGEST = 19;

    private EvidenceLines() {}

    /** At least one line, none of them with a control character. */
    public static List<String> of(Evidence evidence) {
        List<String> lines = new ArrayList<>();
        if (evidence instanceof Evidence.OfFinding finding) {
            add(lines, finding);
        } else if (evidence instanceof Evidence.OfPrior prior) {
            lines.add("earlier study of " + Heading.date(prior.studyDate()) + ", report " + prior.reportKey()
                    + ", version " + prior.version());
            add(lines, prior.finding());
        } else if (evidence instanceof Evidence.OfTemplate template) {
            lines.add("template " + PlainText.of(template.name()) + " " + digest(template.digest()));
        } else if (evidence instanceof Evidence.OfProcess process) {
            lines.add("plan " + process.planId() + ": " + PlainText.of(process.code()));
            if (process.outcomeId() != null) {
                lines.add("outcome " + process.outcomeId());
            }
            if (process.model() != null) {
                lines.add(model(process.model()));
            }
        } else if (evidence instanceof Evidence.OfStudy study) {
            lines.add("study " + study.studyKey() + ", revision " + study.revision());
            lines.add("input " + digest(study.inputDigest()));
        } else if (evidence instanceof Evidence.OfReader reader) {
            lines.add("words of reader " + PlainText.of(reader.by()) + ", " + Heading.time(reader.at()));
            if (reader.replaces() != null) {
                lines.add("in place of sentence " + reader.replaces());
            }
            reader.findings().forEach(finding -> lines.add("on finding " + finding));
        } else if (evidence instanceof Evidence.OfContext context) {
            lines.add("patient context, "
                    + context.field().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        } else {
            lines.add(PlainText.of(evidence.getClass().getSimpleName()));
        }
        return lines;
    }

    private static void add(List<String> lines, Evidence.OfFinding finding) {
        lines.add("finding " + finding.findingId());
        lines.add(PlainText.of(finding.name()) + coded(finding.code()) + ": "
                + finding.presence().name().toLowerCase(Locale.ROOT));
        if (finding.site() != null) {
            lines.add("site: " + PlainText.of(finding.site().meaning()) + coded(finding.site()));
        }
        Code side = Concepts.side(finding.laterality());
        if (side != null) {
            lines.add("side: " + side.meaning().toLowerCase(Locale.ROOT));
        }
        lines.add(finding.measurements().isEmpty() ? probability(finding) : measured(finding));
        lines.add(model(finding.model()));
        finding.images().forEach(image -> lines.add("image " + PlainText.of(image.sopInstanceUid()) + frame(image)));
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

    private static String model(ModelReference model) {
        return "model " + PlainText.of(model.id() == null ? model.deployment() : model.id()) + " "
                + PlainText.of(model.version()) + (model.researchOnly() ? " (research only)" : "") + " "
                + digest(model.modelDigest());
    }

    private static String coded(Code code) {
        return code == null ? "" : " (" + PlainText.of(code.scheme()) + " " + PlainText.of(code.value()) + ")";
    }

    private static String frame(Finding.ImageReference image) {
        return image.frame() > 0 ? ", frame " + image.frame() : "";
    }

    /** Enough of a digest to tell two apart by eye. */
    private static String digest(String digest) {
        String plain = PlainText.of(digest);
        return plain.length() > DIGEST ? plain.substring(0, DIGEST) : plain;
    }
}
