package io.prelim.report.draft;

import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyReceived;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Drafts a report. Holds no state: equal facts, equal draft. */
public final class Drafter {
    /** What a study description begins with when the images are made, of no patient. */
    private static final String SYNTHETIC = "SYNTHETIC";

    private final Wording wording;
    private final Certainty certainty;

    public Drafter(Wording wording, Certainty certainty) {
        this.wording = wording;
        this.certainty = certainty;
    }

    /** The draft that these facts deserve. */
    public Draft draft(Facts facts) {
        boolean synthetic = synthetic(facts);
        FindingsText text = new FindingsText(facts, wording, certainty);
        List<Sentence.Claim> findings = text.findings();
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
                examination(facts, synthetic),
                quotation(facts, ContextField.INDICATION),
                technique(facts),
                comparison(facts),
                findings,
                text.impression());
    }

    private static boolean synthetic(Facts facts) {
        Phi<String> description = ContextField.STUDY_DESCRIPTION.in(facts.context());
        return description != null && description.reveal().regionMatches(true, 0, SYNTHETIC, 0, SYNTHETIC.length());
    }

    private List<Sentence> examination(Facts facts, boolean synthetic) {
        List<Sentence> sentences = new ArrayList<>(quotation(facts, ContextField.STUDY_DESCRIPTION));
        if (sentences.isEmpty() && facts.study() != null) {
            String what = modalities(facts.study());
            String parts = distinct(facts.study(), SeriesSummary::bodyPart).toLowerCase(Locale.ROOT);
            String text = parts.isEmpty()
                    ? wording.sentence("examination.images.plain", what)
                    : wording.sentence("examination.images", what, parts);
            sentences.add(description(facts, "examination", text, ofStudy(facts.study())));
        }
        if (synthetic) {
            sentences.add(description(
                    facts,
                    "synthetic",
                    wording.sentence("examination.synthetic"),
                    new Evidence.OfContext(facts.plan().studyKey(), ContextField.STUDY_DESCRIPTION)));
        }
        return sentences;
    }

    private static List<Sentence> quotation(Facts facts, ContextField field) {
        if (field.in(facts.context()) == null) {
            return List.of();
        }
        return List.of(new Sentence.Quotation(
                Ids.v5("sentence", facts.plan().studyKey().toString(), field.name()),
                field,
                new Evidence.OfContext(facts.plan().studyKey(), field)));
    }

    private List<Sentence> technique(Facts facts) {
        StudyReceived study = facts.study();
        if (study == null) {
            return List.of();
        }
        // sorted sets: the order in which series came must not show
        Map<String, Set<String>> views = new TreeMap<>();
        for (SeriesSummary series : study.series()) {
            Set<String> of = views.computeIfAbsent(modality(series), modality -> new TreeSet<>());
            String view = PlainText.of(series.viewPosition());
            if (!view.isEmpty()) {
                of.add(view);
            }
        }
        String what = views.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty()
                        ? wording.phrase("technique.plain", entry.getKey())
                        : wording.phrase("technique.view", entry.getKey(), String.join(", ", entry.getValue())))
                .collect(Collectors.joining("; "));
        String text = wording.sentence(
                "technique.sentence",
                what.isEmpty() ? wording.phrase("modality.unknown") : what,
                study.instances(),
                study.series().stream()
                        .map(SeriesSummary::seriesInstanceUid)
                        .distinct()
                        .count());
        return List.of(description(facts, "technique", text, ofStudy(study)));
    }

    private List<Sentence> comparison(Facts facts) {
        return List.of(description(
                facts,
                "comparison",
                wording.sentence("comparison.none"),
                new Evidence.OfProcess(facts.plan().planId(), null, null, "no-comparison")));
    }

    private static Sentence.Description description(Facts facts, String what, String text, Evidence evidence) {
        return new Sentence.Description(
                Ids.v5("sentence", facts.plan().studyKey().toString(), what), text, List.of(evidence));
    }

    private static Evidence ofStudy(StudyReceived study) {
        return new Evidence.OfStudy(study.studyKey(), study.revision(), study.inputDigest());
    }

    private String modalities(StudyReceived study) {
        String modalities =
                study.series().stream().map(this::modality).distinct().sorted().collect(Collectors.joining(", "));
        return modalities.isEmpty() ? wording.phrase("modality.unknown") : modalities;
    }

    private String modality(SeriesSummary series) {
        String code = PlainText.of(series.modality());
        return code.isEmpty() ? wording.phrase("modality.unknown") : wording.orElse("modality." + code, code);
    }

    private static String distinct(StudyReceived study, Function<SeriesSummary, String> attribute) {
        return study.series().stream()
                .map(attribute)
                .filter(Objects::nonNull)
                .map(PlainText::of)
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
