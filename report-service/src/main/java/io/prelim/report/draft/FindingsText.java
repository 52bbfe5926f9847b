package io.prelim.report.draft;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.draft.FindingGroup.Said;
import io.prelim.report.draft.FindingGroup.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes findings and impression: every sentence from what models said, or from what became of an analysis. */
final class FindingsText {
    /** More absent findings than this are summed up in one sentence of the impression. */
    private static final int NAMED_ABSENT = 3;

    /** What the ids of sentences call their sections. */
    static final String FINDINGS = "findings";

    static final String IMPRESSION = "impression";

    private final Facts facts;
    private final Wording wording;
    private final Certainty certainty;
    private final Sentences sentences;
    private final List<FindingGroup> groups;
    private final List<Sentence.Notice> process = new ArrayList<>();
    private final List<Evidence.OfProcess> unanswered = new ArrayList<>();
    private final List<ModelReference> research = new ArrayList<>();

    FindingsText(Facts facts, Wording wording, Certainty certainty, Sentences sentences) {
        this.facts = facts;
        this.wording = wording;
        this.certainty = certainty;
        this.sentences = sentences;
        List<FindingGroup.Answered> answers = new ArrayList<>();
        for (AnalysisPlanned.Planned planned : facts.active()) {
            StudyAnalyzed outcome = facts.outcomes().get(planned.outcomeId());
            if (outcome != null && outcome.status() == StudyAnalyzed.Status.FINDINGS) {
                answers.add(new FindingGroup.Answered(planned.model(), outcome));
            }
            account(planned, outcome);
        }
        this.groups = FindingGroup.of(answers);
    }

    /** What was said, thing by thing. */
    List<FindingGroup> groups() {
        return groups;
    }

    List<Sentence.Clinical> findings() {
        List<Sentence.Clinical> findings = new ArrayList<>();
        groups.forEach(group -> findings.add(sentences.claim(FINDINGS, group.key(), finding(group), evidence(group))));
        research.forEach(model -> findings.add(watermark(FINDINGS, model)));
        if (facts.active().isEmpty()) {
            findings.add(sentences.ofPlan(FINDINGS, wording.sentence("process.no-model"), "no-model"));
        }
        findings.addAll(process);
        facts.plan().declined().stream()
                .sorted(Comparator.comparing(declined -> declined.model().deployment()))
                .forEach(declined -> findings.add(sentences.notice(
                        FINDINGS,
                        wording.sentence(
                                "process.declined", wording.model(declined.model()), wording.reason(declined.reason())),
                        new Evidence.OfProcess(facts.plan().planId(), null, declined.model(), "declined"))));
        return findings;
    }

    List<Sentence.Clinical> impression() {
        List<Sentence.Clinical> impression = new ArrayList<>();
        List<FindingGroup> said = groups.stream()
                .filter(group -> group.any(Verdict.PRESENT))
                .sorted(Comparator.comparing((FindingGroup group) -> !group.urgent())
                        .thenComparing(Comparator.comparingDouble(FindingGroup::probability)
                                .reversed()))
                .toList();
        List<FindingGroup> open = groups.stream()
                .filter(group -> !group.any(Verdict.PRESENT) && group.any(Verdict.OPEN))
                .toList();
        List<FindingGroup> absent = groups.stream()
                .filter(group -> !group.any(Verdict.PRESENT) && !group.any(Verdict.OPEN))
                .toList();
        said.forEach(group -> impression.add(concluded(group)));
        open.forEach(group -> impression.add(concluded(group)));
        if (said.isEmpty()) {
            addAbsent(impression, absent);
        } else {
            // what models differ on is never left out, whatever else is there
            absent.stream()
                    .filter(group -> !group.agrees(certainty))
                    .forEach(group -> impression.add(concluded(group)));
        }
        if (groups.isEmpty()) {
            boolean awaited = !facts.awaited().isEmpty();
            impression.add(sentences.ofPlan(
                    IMPRESSION,
                    wording.sentence(awaited ? "impression.awaited" : "impression.nothing"),
                    awaited ? "awaited" : "no-finding"));
        } else if (!unanswered.isEmpty()) {
            String models = unanswered.stream()
                    .map(evidence -> wording.model(evidence.model()))
                    .collect(Collectors.joining(", "));
            impression.add(sentences.notice(
                    IMPRESSION,
                    wording.sentence("impression.incomplete", models),
                    unanswered.toArray(Evidence.OfProcess[]::new)));
        }
        research.forEach(model -> impression.add(watermark(IMPRESSION, model)));
        impression.add(sentences.ofPlan(
                IMPRESSION, wording.sentence("impression.not-reviewed"), Evidence.OfProcess.NOT_REVIEWED));
        return impression;
    }

    private void addAbsent(List<Sentence.Clinical> impression, List<FindingGroup> absent) {
        if (absent.size() <= NAMED_ABSENT) {
            absent.forEach(group -> impression.add(concluded(group)));
            return;
        }
        impression.add(sentences.claim(
                IMPRESSION,
                "none-present",
                wording.sentence("impression.none-present", absent.size()),
                absent.stream().flatMap(group -> evidence(group).stream()).toList()));
    }

    private Sentence.Claim concluded(FindingGroup group) {
        return sentences.claim(IMPRESSION, group.key(), impression(group), evidence(group));
    }

    private String impression(FindingGroup group) {
        String phrase = group.agrees(certainty) ? phrase(group) : differing(group, "impression.model");
        boolean urgent = group.urgent() && group.any(Verdict.PRESENT);
        return wording.sentence(urgent ? "impression.urgent" : "impression.sentence", phrase);
    }

    private String finding(FindingGroup group) {
        if (!group.agrees(certainty)) {
            return wording.sentence("impression.sentence", differing(group, "finding.model"));
        }
        if (group.said().size() > 1) {
            String by = group.said().stream()
                    .map(each -> each.measured()
                            ? wording.model(each.model())
                            : wording.phrase(
                                    "finding.by",
                                    wording.model(each.model()),
                                    wording.probability(each.finding().probability()),
                                    wording.probability(each.finding().threshold())))
                    .collect(Collectors.joining("; "));
            return wording.sentence(
                    "finding.agreed", phrase(group), group.said().size(), by);
        }
        Said alone = group.first();
        return alone.measured()
                ? wording.sentence("finding.measured", phrase(group))
                : wording.sentence(
                        "finding.sentence",
                        phrase(group),
                        wording.probability(alone.finding().probability()),
                        wording.probability(alone.finding().threshold()));
    }

    /** What models that agree say: the measures of each, or the least sure certainty. */
    private String phrase(FindingGroup group) {
        List<String> measured = group.said().stream()
                .filter(Said::measured)
                .map(each -> phrase(each))
                .distinct()
                .toList();
        return measured.isEmpty() ? phrase(group.leastSure()) : String.join("; ", measured);
    }

    private String phrase(Said said) {
        if (said.measured()) {
            return wording.measured(said.finding());
        }
        String key =
                switch (said.verdict()) {
                    case PRESENT -> certainty.present(said.finding().probability());
                    case ABSENT -> certainty.absent(said.finding().probability());
                    case OPEN -> "indeterminate";
                };
        return wording.phrase(key, wording.term(said.finding()));
    }

    private String differing(FindingGroup group, String key) {
        String each = group.said().stream()
                .map(said -> wording.phrase(
                        said.measured() ? "impression.model" : key,
                        wording.model(said.model()),
                        phrase(said),
                        wording.probability(said.finding().probability()),
                        wording.probability(said.finding().threshold())))
                .collect(Collectors.joining("; "));
        return wording.phrase("finding.differs", wording.term(group.first().finding()), each);
    }

    private static List<Evidence.OfFinding> evidence(FindingGroup group) {
        return group.said().stream().map(Said::evidence).toList();
    }

    private void account(AnalysisPlanned.Planned planned, StudyAnalyzed outcome) {
        if (outcome == null) {
            boolean overdue = facts.overdue().contains(planned.outcomeId());
            unanswered(
                    planned,
                    overdue ? "process.no-answer" : "process.awaited",
                    overdue ? "no-answer" : "awaited",
                    null);
            return;
        }
        String code = outcome.reason() == null
                ? outcome.status().name().toLowerCase(Locale.ROOT).replace('_', '-')
                : PlainText.of(outcome.reason().code());
        String text = outcome.reason() == null ? null : outcome.reason().text();
        switch (outcome.status()) {
            case FINDINGS -> answered(planned, outcome);
            case NOT_APPLICABLE -> unanswered(planned, "process.not-applicable", code, text);
            case FAILED -> unanswered(planned, "process.not-analysed", code, text);
            case UNKNOWN -> unanswered(planned, "process.unreadable", "unknown", null);
        }
    }

    private void answered(AnalysisPlanned.Planned planned, StudyAnalyzed outcome) {
        if (outcome.findings().isEmpty()) {
            process.add(sentences.notice(
                    FINDINGS,
                    wording.sentence("process.no-finding", wording.model(planned.model())),
                    new Evidence.OfProcess(facts.plan().planId(), planned.outcomeId(), planned.model(), "no-finding")));
        } else if (planned.model().researchOnly()) {
            research.add(planned.model());
        }
    }

    private void unanswered(AnalysisPlanned.Planned planned, String key, String code, String reason) {
        Evidence.OfProcess evidence =
                new Evidence.OfProcess(facts.plan().planId(), planned.outcomeId(), planned.model(), code);
        // a model the images are not for leaves nothing open
        if (!key.equals("process.not-applicable")) {
            unanswered.add(evidence);
        }
        process.add(sentences.notice(
                FINDINGS, wording.sentence(key, wording.model(planned.model()), wording.reason(reason)), evidence));
    }

    private Sentence.Notice watermark(String section, ModelReference model) {
        return sentences.notice(
                section,
                wording.sentence("process.research", wording.model(model)),
                new Evidence.OfProcess(facts.plan().planId(), null, model, Evidence.OfProcess.RESEARCH_ONLY));
    }
}
