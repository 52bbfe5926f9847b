package io.prelim.report.draft;

import io.prelim.events.Finding;
import io.prelim.report.draft.FindingGroup.Said;
import io.prelim.report.draft.FindingGroup.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what has changed since the newest earlier study in which models answered for one of the same things. Only what was looked for
 * both times is compared: what nobody looked for then is not called new.
 */
final class ComparisonText {
    private static final String COMPARISON = "comparison";

    private final Facts facts;
    private final Wording wording;
    private final Sentences sentences;
    private final Map<String, FindingGroup> now = new LinkedHashMap<>();

    ComparisonText(Facts facts, Wording wording, Sentences sentences, List<FindingGroup> now) {
        this.facts = facts;
        this.wording = wording;
        this.sentences = sentences;
        now.forEach(group -> this.now.put(group.key(), group));
    }

    List<Sentence> comparison() {
        for (Prior prior : facts.priors()) {
            Map<String, FindingGroup> then = new LinkedHashMap<>();
            FindingGroup.of(prior.outcomes().stream()
                            .map(outcome -> new FindingGroup.Answered(outcome.model(), outcome))
                            .toList())
                    .forEach(group -> then.put(group.key(), group));
            if (now.keySet().stream().anyMatch(then::containsKey)) {
                return comparison(prior, then);
            }
        }
        if (facts.priors().isEmpty()) {
            return List.of(sentences.description(
                    COMPARISON, "none", wording.sentence("comparison.none"), sentences.process("no-comparison")));
        }
        Prior newest = facts.priors().get(0);
        return List.of(sentences.description(
                COMPARISON,
                "none",
                wording.sentence("comparison.not-comparable", wording.date(newest.studyDate())),
                sentences.process("not-comparable"),
                study(newest)));
    }

    private List<Sentence> comparison(Prior prior, Map<String, FindingGroup> then) {
        List<Sentence> said = new ArrayList<>();
        said.add(sentences.description(
                COMPARISON,
                "with",
                wording.sentence("comparison.with", wording.date(prior.studyDate())),
                sentences.process("compared"),
                study(prior)));
        now.forEach((key, group) -> {
            if (then.containsKey(key)) {
                said.add(sentences.claim(
                        COMPARISON,
                        key,
                        sentence(group, then.get(key), wording.date(prior.studyDate())),
                        evidence(prior, group, then.get(key))));
            }
        });
        return said;
    }

    private String sentence(FindingGroup now, FindingGroup then, String date) {
        String text = wording.sentence(key(now, then), wording.term(now.first().finding()), date, measures(now, then));
        return models(now).equals(models(then)) ? text : text + " " + wording.sentence("comparison.other-model");
    }

    private static String key(FindingGroup now, FindingGroup then) {
        if (undecided(now) || undecided(then)) {
            return "comparison.open";
        }
        boolean seen = now.any(Verdict.PRESENT);
        if (seen != then.any(Verdict.PRESENT)) {
            return seen ? "comparison.new" : "comparison.gone";
        }
        if (!seen) {
            return "comparison.still-absent";
        }
        Finding.Measurement measured = measured(now, then);
        if (measured == null) {
            return "comparison.still-present";
        }
        double before = FindingGroup.same(measured, then.first().finding()).value();
        return switch (FindingGroup.change(before, measured.value())) {
            case 1 -> "comparison.larger";
            case -1 -> "comparison.smaller";
            default -> "comparison.unchanged";
        };
    }

    /** Models that differ, then or now, leave nothing to compare with. */
    private static boolean undecided(FindingGroup group) {
        return group.any(Verdict.OPEN) || group.any(Verdict.PRESENT) && group.any(Verdict.ABSENT);
    }

    /** What one model measured now, and one then; null where several did, or none. */
    private static Finding.Measurement measured(FindingGroup now, FindingGroup then) {
        if (now.said().size() > 1 || then.said().size() > 1) {
            return null;
        }
        return now.first().finding().measurements().stream()
                .filter(each -> FindingGroup.same(each, then.first().finding()) != null)
                .findFirst()
                .orElse(null);
    }

    /** "12.5 mL, then 10 mL"; empty where nothing was measured both times. */
    private String measures(FindingGroup now, FindingGroup then) {
        Finding.Measurement measured = measured(now, then);
        return measured == null
                ? ""
                : wording.phrase(
                        "comparison.measures",
                        wording.quantity(measured),
                        wording.quantity(
                                FindingGroup.same(measured, then.first().finding())));
    }

    private static List<String> models(FindingGroup group) {
        return group.said().stream()
                .map(said -> said.model().modelDigest() + said.model().manifestDigest())
                .sorted()
                .collect(Collectors.toList());
    }

    private static List<Evidence.OfImages> evidence(Prior prior, FindingGroup now, FindingGroup then) {
        return Stream.<Evidence.OfImages>concat(
                        now.said().stream().map(Said::evidence),
                        then.said().stream()
                                .map(said -> new Evidence.OfPrior(
                                        prior.reportKey(),
                                        prior.version(),
                                        prior.studyKey(),
                                        prior.studyDate(),
                                        said.evidence())))
                .toList();
    }

    private static Evidence.OfStudy study(Prior prior) {
        String input = prior.outcomes().stream()
                .map(outcome -> outcome.inputDigest())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new Evidence.OfStudy(prior.studyKey(), prior.revision(), input);
    }
}
