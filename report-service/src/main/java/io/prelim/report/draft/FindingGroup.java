package io.prelim.report.draft;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * All that was said of one thing: the same code, site and side.
 *
 * @param key  the same for the same thing in any study
 * @param said at least one, in the order of the models
 */
record FindingGroup(String key, List<Said> said) {
    /** A measure is the same within a fifth of it: what a reader would not call a change. */
    static final double TOLERANCE = 0.2;

    enum Verdict {
        PRESENT,
        ABSENT,
        /** The model did not decide, or contradicts its own numbers. */
        OPEN
    }

    /** What one model said. */
    record Said(ModelReference model, Finding finding, Verdict verdict, Evidence.OfFinding evidence) {
        boolean measured() {
            return !finding.measurements().isEmpty();
        }

        private static Said of(UUID outcomeId, ModelReference model, Finding finding) {
            boolean above = finding.probability() >= finding.threshold();
            Verdict verdict = Verdict.OPEN;
            if (finding.presence() == Finding.Presence.PRESENT && above) {
                verdict = Verdict.PRESENT;
            } else if (finding.presence() == Finding.Presence.ABSENT && !above) {
                verdict = Verdict.ABSENT;
            }
            return new Said(
                    model,
                    finding,
                    verdict,
                    new Evidence.OfFinding(
                            finding.findingId(),
                            outcomeId,
                            model,
                            finding.name(),
                            finding.code(),
                            finding.site(),
                            finding.laterality(),
                            finding.presence(),
                            finding.probability(),
                            finding.threshold(),
                            finding.calibration(),
                            finding.images(),
                            finding.measurements(),
                            finding.evidence()));
        }
    }

    /** Groups what models answered; one model that says a thing more than once says it of more than one, and stands alone. */
    static List<FindingGroup> of(List<Answered> answers) {
        Map<String, List<Said>> things = new LinkedHashMap<>();
        for (Answered answer : answers) {
            answer.outcome.findings().stream()
                    .sorted(Comparator.comparing((Finding finding) -> String.valueOf(finding.name()))
                            .thenComparing(Finding::findingId))
                    .forEach(finding -> things.computeIfAbsent(key(answer.model, finding), key -> new ArrayList<>())
                            .add(Said.of(answer.outcome.outcomeId(), answer.model, finding)));
        }
        List<FindingGroup> groups = new ArrayList<>();
        things.forEach((key, said) -> {
            boolean ofOne = said.stream().map(each -> each.model).distinct().count() == 1;
            if (ofOne && said.size() > 1) {
                for (int i = 0; i < said.size(); i++) {
                    groups.add(new FindingGroup(key + "#" + (i + 1), List.of(said.get(i))));
                }
            } else {
                groups.add(new FindingGroup(key, List.copyOf(said)));
            }
        });
        return groups;
    }

    /** @param model as planned, which says more of it than an answer may */
    record Answered(ModelReference model, StudyAnalyzed outcome) {}

    /** A name without a code is its model's own: what another calls so may be another thing. */
    private static String key(ModelReference model, Finding finding) {
        String what = finding.code() == null ? model.deployment() + " " + finding.name() : code(finding.code(), "");
        return what + "," + code(finding.site(), "") + "," + Objects.toString(finding.laterality(), "");
    }

    private static String code(Code code, String other) {
        return code == null ? other : code.scheme() + "^" + code.value();
    }

    Said first() {
        return said.get(0);
    }

    boolean urgent() {
        return said.stream().anyMatch(each -> each.finding.urgent());
    }

    boolean any(Verdict verdict) {
        return said.stream().anyMatch(each -> each.verdict == verdict);
    }

    /** The highest probability of it. */
    double probability() {
        return said.stream()
                .mapToDouble(each -> each.finding.probability())
                .max()
                .orElseThrow();
    }

    /** The one whose certainty speaks for all: the least sure. */
    Said leastSure() {
        Comparator<Said> byProbability = Comparator.comparingDouble(each -> each.finding.probability());
        return first().verdict == Verdict.PRESENT
                ? said.stream().min(byProbability).orElseThrow()
                : said.stream().max(byProbability).orElseThrow();
    }

    /** The same verdict, certainties no more than one level apart, and the same measures. */
    boolean agrees(Certainty certainty) {
        for (Said one : said) {
            for (Said other : said) {
                if (one.verdict != other.verdict || !measuresAgree(one.finding, other.finding)) {
                    return false;
                }
                boolean scored = !one.measured() && !other.measured();
                if (scored
                        && one.verdict == Verdict.PRESENT
                        && certainty.apart(one.finding.probability(), other.finding.probability()) > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Of a measure that only one of them has there is nothing to disagree on. */
    private static boolean measuresAgree(Finding one, Finding other) {
        for (Finding.Measurement measured : one.measurements()) {
            Finding.Measurement same = same(measured, other);
            if (same != null && change(same.value(), measured.value()) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The same measure in the same unit; null where there is none. */
    static Finding.Measurement same(Finding.Measurement measured, Finding other) {
        return other.measurements().stream()
                .filter(each -> code(each.code(), "").equals(code(measured.code(), "")))
                .filter(each -> each.unit().equals(measured.unit()))
                .findFirst()
                .orElse(null);
    }

    /** 1 for larger, -1 for smaller, 0 within {@link #TOLERANCE} of the larger of both. */
    static int change(double then, double now) {
        double most = Math.max(Math.abs(then), Math.abs(now));
        return Math.abs(now - then) <= TOLERANCE * most ? 0 : now > then ? 1 : -1;
    }
}
