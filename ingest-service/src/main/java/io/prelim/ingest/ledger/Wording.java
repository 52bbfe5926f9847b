package io.prelim.ingest.ledger;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.ModelRole;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.ingest.ledger.Progress.PlannedAnswer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The details of stages, one line each, for people. Pure. */
final class Wording {
    /** Characters of a detail; what is longer ends in "…". */
    static final int LONGEST = 1000;

    private static final int LONGEST_REASON = 300;

    private Wording() {}

    static String planned(AnalysisPlanned plan) {
        Stream<String> planned = plan.planned().stream()
                .map(each -> each.model().deployment()
                        + (Boolean.TRUE.equals(each.carriedOver())
                                ? " has answered for these images"
                                : each.model().role() == ModelRole.ACTIVE ? " must answer" : " runs in the shadow"));
        Stream<String> declined = plan.declined().stream()
                .map(each -> each.model().deployment() + " does not apply"
                        + (each.reason() == null ? "" : ": " + each.reason()));
        String said = Stream.concat(planned, declined).collect(Collectors.joining("; "));
        return line(said.isEmpty() ? "no model is in service" : said, LONGEST);
    }

    /** @param declined models that do not apply */
    static String analyzed(List<PlannedAnswer> answers, int declined) {
        if (answers.isEmpty()) {
            return declined == 0 ? "no model is in service" : "no model in service applies to this study";
        }
        return line(answers.stream().map(Wording::answer).collect(Collectors.joining("; ")), LONGEST);
    }

    static String late(StudyAnalyzed outcome) {
        return line(
                outcome.model().deployment() + status(outcome.status().name(), reason(outcome.reason()))
                        + ", after its deadline",
                LONGEST);
    }

    static String reported(ReportChanged report) {
        return line(
                "report " + report.reportKey() + " version " + report.version() + ": "
                        + String.valueOf(report.status()).toLowerCase(Locale.ROOT)
                        + (report.settled() ? ", settled" : ", not settled") + ", answers: "
                        + report.outcomeIds().size()
                        + (report.signedReportIds() == null
                                ? ""
                                : ", signed beside it: "
                                        + report.signedReportIds().size())
                        + ", position " + report.sequence(),
                LONGEST);
    }

    /** Null stays null. */
    static String reason(StudyAnalyzed.Reason reason) {
        if (reason == null) {
            return null;
        }
        String code = reason.code() == null ? "unknown" : reason.code();
        String text = reason.text() == null || reason.text().isBlank() ? "" : " (" + reason.text() + ")";
        return line(code.replace('-', ' ') + text, LONGEST_REASON);
    }

    static String outcome(Timeline.Outcome outcome) {
        StringBuilder said = new StringBuilder(outcome.deployment());
        if (outcome.role() != null && outcome.role() != ModelRole.ACTIVE) {
            said.append(" (")
                    .append(outcome.role().name().toLowerCase(Locale.ROOT))
                    .append(')');
        }
        said.append(status(outcome.status().name(), outcome.reason()));
        if (outcome.provider() != null) {
            said.append("; on ").append(outcome.provider());
        }
        if (outcome.attempts() != null && outcome.attempts() > 1) {
            said.append("; attempts: ").append(outcome.attempts());
        }
        StudyAnalyzed.Timings timings = outcome.timings();
        if (timings != null) {
            said.append("; ms queued ").append(timings.queuedMs());
            said.append(", fetching ").append(timings.fetchMs());
            said.append(", preparing ").append(timings.prepareMs());
            said.append(", running ").append(timings.runMs());
        }
        return line(said.toString(), LONGEST);
    }

    private static String answer(PlannedAnswer answer) {
        String shadow = answer.role() == ModelRole.ACTIVE ? "" : " (shadow)";
        String said = !answer.closed()
                ? " has not answered yet"
                : answer.status() == null ? " failed: no answer" : status(answer.status(), answer.reason());
        return answer.deployment() + shadow + said;
    }

    private static String status(String status, String reason) {
        String why = reason == null ? "" : ": " + reason;
        return switch (status) {
            case "FINDINGS" -> " found";
            case "NOT_APPLICABLE" -> " not applicable" + why;
            case "FAILED" -> " failed" + why;
            default -> " answered what this version does not know" + why;
        };
    }

    /** One line, no control characters, bounded. */
    static String line(String text, int longest) {
        String line = text.codePoints()
                .limit(longest + 1L)
                .map(each -> Character.isISOControl(each) ? ' ' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
