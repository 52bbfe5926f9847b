package io.prelim.report.draft;

import io.prelim.events.Phi;
import io.prelim.report.statement.Acceptance;
import io.prelim.report.statement.Given;
import io.prelim.report.template.Line;
import io.prelim.report.template.Placeholder;
import io.prelim.report.template.Section;
import io.prelim.report.template.Template;
import io.prelim.report.template.TemplateChoice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Drafts a report. Holds no state: equal facts and an equal template, equal draft. */
public final class Drafter {
    /** What a study description begins with when the images are made, of no patient. */
    private static final String SYNTHETIC = "SYNTHETIC";

    private final Wording wording;
    private final Certainty certainty;

    public Drafter(Wording wording, Certainty certainty) {
        this.wording = wording;
        this.certainty = certainty;
    }

    /** BCP 47. */
    public String language() {
        return wording.language();
    }

    /** The draft that these facts deserve. */
    public Draft draft(Facts facts, TemplateChoice choice) {
        boolean synthetic = synthetic(facts);
        Template template = choice.template();
        Sentences sentences =
                new Sentences(facts.plan().studyKey(), facts.plan().planId());
        FindingsText text = new FindingsText(facts, wording, certainty, sentences);
        Filling filling = new Filling(facts, choice, sentences, text);
        List<Sentence> examination = filling.of(Section.EXAMINATION);
        if (synthetic) {
            examination.add(sentences.description(
                    "examination",
                    "synthetic",
                    wording.sentence("examination.synthetic"),
                    new Evidence.OfContext(facts.plan().studyKey(), ContextField.STUDY_DESCRIPTION)));
        }
        return new Draft(
                facts.plan().studyKey(),
                facts.plan().studyInstanceUid(),
                facts.plan().revision(),
                facts.plan().planId(),
                facts.priority(),
                wording.language(),
                facts.awaited().isEmpty(),
                synthetic,
                facts.contextDigest(),
                facts.active().stream()
                        .map(planned -> planned.outcomeId())
                        .filter(facts.outcomes()::containsKey)
                        .sorted()
                        .toList(),
                facts.signed().stream().sorted().toList(),
                examination,
                filling.of(Section.INDICATION),
                filling.of(Section.TECHNIQUE),
                filling.of(Section.COMPARISON),
                text.findings(),
                text.impression(),
                new Draft.FromTemplate(template.name(), template.version(), template.digest(), template.language()),
                List.copyOf(template.sections().keySet()));
    }

    /** What of a draft may be worded otherwise, in its order. @param draft of these facts */
    public List<Given> statements(Facts facts, Draft draft) {
        Sentences sentences = sentences(draft);
        List<FindingGroup> groups = new FindingsText(facts, wording, certainty, sentences).groups();
        return new Statements(wording, certainty).of(draft, groups, sentences);
    }

    /**
     * A draft in the words of a writer, and says so.
     *
     * @param accepted for what {@link #statements} gave of this draft
     * @param writer   its name
     */
    public Draft reworded(Draft draft, List<Acceptance.Accepted> accepted, String writer) {
        Sentences sentences = sentences(draft);
        Rewording rewording = new Rewording(accepted, writer, sentences);
        List<Sentence.Clinical> impression =
                rewording.of(Section.IMPRESSION, FindingsText.IMPRESSION, draft.impression());
        impression.add(
                impression.size() - 1,
                sentences.ofPlan(
                        FindingsText.IMPRESSION,
                        wording.sentence("impression.worded", writer),
                        Evidence.OfProcess.WORDED));
        Map<Section, List<Sentence>> words = new EnumMap<>(Section.class);
        draft.sections().forEach((section, said) -> words.put(section, List.copyOf(said)));
        words.put(
                Section.FINDINGS, List.copyOf(rewording.of(Section.FINDINGS, FindingsText.FINDINGS, draft.findings())));
        words.put(Section.IMPRESSION, List.copyOf(impression));
        return draft.reworded(words, draft.addenda(), draft.held());
    }

    private static Sentences sentences(Draft draft) {
        return new Sentences(draft.studyKey(), draft.planId());
    }

    private static boolean synthetic(Facts facts) {
        Phi<String> description = ContextField.STUDY_DESCRIPTION.in(facts.context());
        return description != null && description.reveal().regionMatches(true, 0, SYNTHETIC, 0, SYNTHETIC.length());
    }

    /** Fills the lines of a template. */
    private final class Filling {
        private final Facts facts;
        private final TemplateChoice choice;
        private final Sentences sentences;
        private final FindingsText findings;
        private final StudyText study;
        private final Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);

        Filling(Facts facts, TemplateChoice choice, Sentences sentences, FindingsText findings) {
            this.facts = facts;
            this.choice = choice;
            this.sentences = sentences;
            this.findings = findings;
            this.study = facts.study() == null ? null : new StudyText(facts.study(), wording);
            if (study != null) {
                values.putAll(study.values());
            }
            if (choice.procedure() != null) {
                values.put(
                        Placeholder.PROCEDURE, PlainText.of(choice.procedure().meaning()));
            }
        }

        List<Sentence> of(Section section) {
            List<Sentence> said = new ArrayList<>();
            List<Line> lines = choice.template().sections().get(section);
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                String about = "line " + i;
                if (line instanceof Line.Fixed fixed) {
                    said.add(new Sentence.SiteText(
                            sentences.id(section.name(), about), PlainText.of(fixed.text()), ofTemplate()));
                } else if (line instanceof Line.Filled filled) {
                    filled.fill(values)
                            .ifPresent(text -> said.add(
                                    sentences.description(section.name(), about, PlainText.of(text), restsOn(filled))));
                } else {
                    said.addAll(drafted(section));
                }
            }
            return said;
        }

        private List<? extends Sentence> drafted(Section section) {
            return switch (section) {
                case EXAMINATION -> examination();
                case INDICATION -> quotation(ContextField.INDICATION);
                case TECHNIQUE -> ofImages(section, study == null ? null : study.technique());
                case COMPARISON -> new ComparisonText(facts, wording, sentences, findings.groups()).comparison();
                case FINDINGS -> findings.findings();
                case IMPRESSION -> findings.impression();
            };
        }

        private List<? extends Sentence> examination() {
            List<Sentence.Quotation> described = quotation(ContextField.STUDY_DESCRIPTION);
            return described.isEmpty()
                    ? ofImages(Section.EXAMINATION, study == null ? null : study.examination())
                    : described;
        }

        private List<Sentence.Quotation> quotation(ContextField field) {
            if (field.in(facts.context()) == null) {
                return List.of();
            }
            return List.of(new Sentence.Quotation(
                    sentences.id("quotation", field.name()),
                    field,
                    new Evidence.OfContext(facts.plan().studyKey(), field)));
        }

        private List<Sentence> ofImages(Section section, String text) {
            return text == null ? List.of() : List.of(sentences.description(section.name(), "images", text, ofStudy()));
        }

        private Evidence.OfExamination[] restsOn(Line.Filled line) {
            List<Evidence.OfExamination> evidence = new ArrayList<>(List.of(ofTemplate()));
            if (line.uses().contains(Placeholder.PROCEDURE)) {
                evidence.add(new Evidence.OfContext(facts.plan().studyKey(), ContextField.PROCEDURE));
            }
            if (line.uses().stream().anyMatch(used -> used != Placeholder.PROCEDURE)) {
                evidence.add(ofStudy());
            }
            return evidence.toArray(Evidence.OfExamination[]::new);
        }

        private Evidence.OfTemplate ofTemplate() {
            return new Evidence.OfTemplate(
                    choice.template().name(), choice.template().digest());
        }

        private Evidence.OfStudy ofStudy() {
            return new Evidence.OfStudy(
                    facts.study().studyKey(),
                    facts.study().revision(),
                    facts.study().inputDigest());
        }
    }
}
