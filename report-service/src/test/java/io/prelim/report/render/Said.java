package io.prelim.report.render;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.report.draft.Evidence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a rendering says of one finding.
 *
 * @param id      of the finding
 * @param code    scheme and value, as the site
 * @param numbers probability or measures, each with what it is and its unit, in order
 */
record Said(String id, String code, String site, String side, String presence, List<String> numbers) {
    private static final Pattern LINES = Pattern.compile(
            "(earlier study of \\S+, report \\S+, version \\d+ )?finding (?<id>[0-9a-f-]{36}) .+? \\((?<code>\\S+ .+?)\\):"
                    + " (?<presence>present|absent|indeterminate|unknown)(?: site: .*? \\((?<site>\\S+ \\S+)\\))?"
                    + "(?: side: (?<side>left|right|bilateral))?"
                    + " (?:probability (?<probability>[0-9.]+), threshold .*?|measured: (?<measures>.*?)) model ");
    private static final Pattern MEASURE = Pattern.compile(".*?\\((\\S+ \\S+)\\) ([0-9.]+) (\\S+?)(?:; |$)");

    static Said of(Evidence.OfFinding finding) {
        List<String> numbers = new ArrayList<>();
        if (finding.measurements().isEmpty()) {
            numbers.add(number(
                    "DCM 111012", BigDecimal.valueOf(finding.probability()).movePointRight(2), "%"));
        }
        for (Finding.Measurement measured : finding.measurements()) {
            numbers.add(number(text(measured.code()), BigDecimal.valueOf(measured.value()), measured.unit()));
        }
        return new Said(
                finding.findingId().toString(),
                text(finding.code()),
                text(finding.site()),
                finding.laterality() == null
                        ? null
                        : switch (finding.laterality()) {
                            case "L" -> "left";
                            case "R" -> "right";
                            case "B" -> "bilateral";
                            default -> null;
                        },
                presence(finding.presence().name()),
                numbers);
    }

    /** In the words that stand in text, page and PDF; what earlier studies had is left out. */
    static Stream<Said> read(String words) {
        return LINES.matcher(words)
                .results()
                .map(result -> {
                    Matcher found = LINES.matcher(result.group());
                    found.find();
                    return found;
                })
                .filter(found -> found.group(1) == null)
                .map(found -> {
                    List<String> numbers = new ArrayList<>();
                    if (found.group("probability") != null) {
                        BigDecimal percent = new BigDecimal(found.group("probability")).movePointRight(2);
                        numbers.add(number("DCM 111012", percent, "%"));
                    } else {
                        Matcher measure = MEASURE.matcher(found.group("measures"));
                        while (measure.find()) {
                            numbers.add(number(measure.group(1), new BigDecimal(measure.group(2)), measure.group(3)));
                        }
                    }
                    return new Said(
                            found.group("id"),
                            found.group("code"),
                            found.group("site"),
                            found.group("side"),
                            presence(found.group("presence")),
                            numbers);
                });
    }

    static String number(String of, BigDecimal value, String unit) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return of + " = " + plain.toPlainString() + " " + unit;
    }

    static String presence(String name) {
        return name.equalsIgnoreCase("unknown") ? "indeterminate" : name.toLowerCase(java.util.Locale.ROOT);
    }

    private static String text(Code code) {
        return code == null ? null : code.scheme() + " " + code.value();
    }
}
