package io.prelim.report.draft;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes findings and impression: every sentence from a finding, or from what became of an analysis. */
final class FindingsText {
    /** More absent findings than this are summed up in one sentence of the impression. */
    private static final int NAMED_ABSENT = 3;

    private final Facts facts;
    private final Wording wording;
    private final Certainty certainty;
    private final List<Sentence.Claim> findings = new ArrayList<>();
    private final List<Sentence.Claim> process = new ArrayList<>();
    private final List<Read> present = new ArrayList<>();
    private final List<Read> absent = new ArrayList<>();
    private final List<Read> open = new ArrayList<>();
    private final List<Evidence.OfProcess> unanswered = new ArrayList<>();
    private final List<ModelReference> research = new ArrayList<>();

    FindingsText(Facts facts, Wording wording, Certainty certainty) {
        this.facts = facts;
        this.wording = wording;
        this.certainty = certainty;
    }

    List<Sentence.Claim> findings() {
        List<AnalysisPlanned.Planned> active = facts.active();
        if (active.isEmpty()) {
            process.add(ofPlan("findings", "process.no-model", "no-model"));
        }
        active.forEach(this::answer);
        facts.plan().declined().stream()
                .sorted(Comparator.comparing(declined -> declined.model().deployment()))
                .forEach(declined -> process.add(claim(
                        "findings",
                        wording.sentence(
                                "process.declined", wording.model(declined.model()), wording.reason(declined.reason())),
                        new Evidence.OfProcess(facts.plan().planId(), null, declined.model(), "declined"))));
        List<Sentence.Claim> all = new ArrayList<>(findings);
        all.addAll(process);
        return all;
    }

    /** To be asked for after {@link #findings}. */
    List<Sentence.Claim> impression() {
        List<Sentence.Claim> impression = new ArrayList<>();
        present.sort(Comparator.comparing(read -> !read.finding.urgent()));
        present.forEach(read -> impression.add(claim(
                "impression",
                wording.sentence(read.finding.urgent() ? "impression.urgent" : "impression.sentence", read.phrase),
                read.evidence)));
        open.forEach(read -> impression.add(
                claim("impression", wording.sentence("impression.sentence", read.phrase), read.evidence)));
        if (present.isEmpty()) {
            addAbsent(impression);
        }
        if (present.isEmpty() && open.isEmpty() && absent.isEmpty()) {
            boolean awaited = !facts.awaited().isEmpty();
            impression.add(ofPlan(
                    "impression",
                    awaited ? "impression.awaited" : "impression.nothing",
                    awaited ? "awaited" : "no-finding"));
        } else {
            addIncomplete(impression);
        }
        research.forEach(model -> impression.add(watermark("impression", model)));
        impression.add(ofPlan("impression", "impression.not-reviewed", "not-reviewed"));
        return impression;
    }

    private void answer(AnalysisPlanned.Planned planned) {
        StudyAnalyzed outcome = facts.outcomes().get(planned.outcomeId());
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
            case FINDINGS -> readAll(planned, outcome);
            case NOT_APPLICABLE -> unanswered(planned, "process.not-applicable", code, text);
            case FAILED -> unanswered(planned, "process.not-analysed", code, text);
            case UNKNOWN -> unanswered(planned, "process.unreadable", "unknown", null);
        }
    }

    private void unanswered(AnalysisPlanned.Planned planned, String key, String code, String reason) {
        Evidence.OfProcess evidence =
                new Evidence.OfProcess(facts.plan().planId(), planned.outcomeId(), planned.model(), code);
        // a model the images are not for leaves nothing open
        if (!key.equals("process.not-applicable")) {
            unanswered.add(evidence);
        }
        String text = wording.sentence(key, wording.model(planned.model()), wording.reason(reason));
        process.add(claim("findings", text, evidence));
    }

    private void readAll(AnalysisPlanned.Planned planned, StudyAnalyzed outcome) {
        if (outcome.findings().isEmpty()) {
            process.add(claim(
                    "findings",
                    wording.sentence("process.no-finding", wording.model(planned.model())),
                    new Evidence.OfProcess(facts.plan().planId(), planned.outcomeId(), planned.model(), "no-finding")));
            return;
        }
        outcome.findings().stream()
                .sorted(Comparator.comparing((Finding finding) -> String.valueOf(finding.name()))
                        .thenComparing(Finding::findingId))
                .forEach(finding -> read(planned, finding));
        if (planned.model().researchOnly()) {
            research.add(planned.model());
            findings.add(watermark("findings", planned.model()));
        }
    }

    private void read(AnalysisPlanned.Planned planned, Finding finding) {
        Evidence.OfFinding evidence = new Evidence.OfFinding(
                finding.findingId(),
                planned.outcomeId(),
                planned.model(),
                finding.name(),
                finding.code(),
                finding.presence(),
                finding.probability(),
                finding.threshold(),
                finding.calibration(),
                finding.images(),
                finding.measurements(),
                finding.evidence());
        Finding.Presence presence = finding.presence();
        boolean above = finding.probability() >= finding.threshold();
        // an answer that contradicts its own numbers is never worded as sure
        boolean agrees = presence == Finding.Presence.PRESENT ? above : presence == Finding.Presence.ABSENT && !above;
        String key = "indeterminate";
        List<Read> group = open;
        if (agrees && presence == Finding.Presence.PRESENT) {
            key = certainty.present(finding.probability());
            group = present;
        } else if (agrees) {
            key = certainty.absent(finding.probability());
            group = absent;
        }
        boolean measured = !finding.measurements().isEmpty();
        String phrase = measured ? wording.measured(finding) : wording.phrase(key, wording.term(finding));
        Read read = new Read(finding, phrase, evidence);
        group.add(read);
        String sentence = measured
                ? wording.sentence("finding.measured", phrase)
                : wording.sentence(
                        "finding.sentence",
                        phrase,
                        wording.probability(finding.probability()),
                        wording.probability(finding.threshold()));
        findings.add(claim("findings", sentence, evidence));
    }

    private void addAbsent(List<Sentence.Claim> impression) {
        if (absent.size() > NAMED_ABSENT) {
            impression.add(claim(
                    "impression",
                    wording.sentence("impression.none-present", absent.size()),
                    absent.stream().map(Read::evidence).toArray(Evidence.OfFinding[]::new)));
        } else {
            absent.forEach(read -> impression.add(
                    claim("impression", wording.sentence("impression.sentence", read.phrase), read.evidence)));
        }
    }

    private void addIncomplete(List<Sentence.Claim> impression) {
        if (!unanswered.isEmpty()) {
            String models = unanswered.stream()
                    .map(evidence -> wording.model(evidence.model()))
                    .collect(Collectors.joining(", "));
            impression.add(claim(
                    "impression",
                    wording.sentence("impression.incomplete", models),
                    unanswered.toArray(Evidence.OfProcess[]::new)));
        }
    }

    private Sentence.Claim watermark(String section, ModelReference model) {
        return claim(
                section,
                wording.sentence("process.research", wording.model(model)),
                new Evidence.OfProcess(facts.plan().planId(), null, model, "research-only"));
    }

    private Sentence.Claim ofPlan(String section, String key, String code) {
        return claim(
                section,
                wording.sentence(key),
                new Evidence.OfProcess(facts.plan().planId(), null, null, code));
    }

    private static Sentence.Claim claim(String section, String text, Evidence.Clinical... evidence) {
        return new Sentence.Claim(id(section, evidence[0]), text, List.of(evidence));
    }

    private static UUID id(String section, Evidence.Clinical evidence) {
        if (evidence instanceof Evidence.OfFinding finding) {
            return Ids.v5("sentence", section, finding.findingId().toString());
        }
        Evidence.OfProcess process = (Evidence.OfProcess) evidence;
        String about = process.model() == null ? "plan" : process.model().deployment();
        return Ids.v5("sentence", section, process.planId().toString(), about, process.code());
    }

    private record Read(Finding finding, String phrase, Evidence.OfFinding evidence) {}
}
