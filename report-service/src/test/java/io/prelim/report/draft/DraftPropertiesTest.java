package io.prelim.report.draft;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds of a draft whatever models answer, in both languages. */
class DraftPropertiesTest {
    private static final Studies STUDY = Studies.study("1.2.3");
    private static final Studies EARLIER = Studies.study("1.2.2");
    private static final List<String> MODELS = List.of("alpha", "beta", "gamma");
    private static final List<Code> CODES = List.of(
            new Code("SCT", "233604007", "Pneumonia"),
            new Code("SCT", "60046008", "Pleural effusion"),
            new Code("99X", "{0}", "it''s {1} 100%"));
    private static final Code VOLUME = new Code("SCT", "118565006", "Volume");

    /** @param volume mL; null of a finding that is not measured */
    record Thing(
            int model,
            int code,
            String side,
            Finding.Presence presence,
            double probability,
            double threshold,
            boolean urgent,
            Double volume) {}

    @Provide
    Arbitrary<Thing> things() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, MODELS.size() - 1),
                        Arbitraries.integers().between(0, CODES.size() - 1),
                        Arbitraries.of("L", "R", "B", "X").injectNull(0.4),
                        Arbitraries.of(Finding.Presence.class),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of(true, false),
                        Arbitraries.doubles().between(0, 5000).injectNull(0.7))
                .as(Thing::new);
    }

    @Property(tries = 200, seed = "7")
    void nothingThatAModelSaidIsLeftOutOrSaidTwice(@ForAll @Size(max = 12) List<@From("things") Thing> things) {
        Draft draft = draft(Locale.ENGLISH, things, List.of());

        assertThat(draft.findings().stream()
                        .filter(Sentence.Claim.class::isInstance)
                        .flatMap(claim -> claim.evidence().stream())
                        .map(evidence -> ((Evidence.OfFinding) evidence).findingId()))
                .containsExactlyInAnyOrderElementsOf(outcomes(STUDY, things).stream()
                        .flatMap(outcome -> outcome.findings().stream())
                        .map(Finding::findingId)
                        .toList());
    }

    @Property(tries = 200, seed = "7")
    void whatOneModelSaysIsPresentIsInTheImpressionAndWhatModelsDifferOnNamesAll(
            @ForAll @Size(max = 12) List<@From("things") Thing> things) {
        Draft draft = draft(Locale.GERMAN, things, List.of());

        Set<UUID> concluded = new HashSet<>();
        draft.impression().stream()
                .filter(Sentence.Claim.class::isInstance)
                .flatMap(claim -> claim.evidence().stream())
                .forEach(evidence -> concluded.add(((Evidence.OfFinding) evidence).findingId()));
        for (Sentence.Clinical sentence : draft.findings()) {
            if (sentence instanceof Sentence.Claim claim) {
                List<Evidence.OfFinding> said = claim.evidence().stream()
                        .map(Evidence.OfFinding.class::cast)
                        .toList();
                boolean present = said.stream()
                        .anyMatch(each ->
                                each.presence() == Finding.Presence.PRESENT && each.probability() >= each.threshold());
                boolean absent = said.stream()
                        .anyMatch(each ->
                                each.presence() == Finding.Presence.ABSENT && each.probability() < each.threshold());
                if (present) {
                    assertThat(concluded).contains(said.get(0).findingId());
                }
                if (present && absent) {
                    assertThat(claim.text()).contains("Modelle widersprechen sich");
                    said.forEach(each ->
                            assertThat(claim.text()).contains(each.model().name()));
                }
            }
        }
    }

    @Property(tries = 200, seed = "7")
    void languagesDifferInWordsAlone(
            @ForAll @Size(max = 10) List<@From("things") Thing> things,
            @ForAll @Size(max = 6) List<@From("things") Thing> then) {
        Draft english = draft(Locale.ENGLISH, things, then);
        Draft german = draft(Locale.GERMAN, things, then);

        english.sections().forEach((section, sentences) -> {
            List<? extends Sentence> others = german.sections().get(section);
            assertThat(others).hasSameSizeAs(sentences);
            for (int i = 0; i < sentences.size(); i++) {
                assertThat(others.get(i).id()).isEqualTo(sentences.get(i).id());
                assertThat(others.get(i)).hasSameClassAs(sentences.get(i));
                assertThat(List.<Evidence>copyOf(others.get(i).evidence()))
                        .isEqualTo(List.copyOf(sentences.get(i).evidence()));
            }
        });
    }

    @Property(tries = 200, seed = "7")
    void sentencesAreWholeHaveTheirOwnIdsAndSurviveBeingStored(
            @ForAll @Size(max = 10) List<@From("things") Thing> things,
            @ForAll @Size(max = 6) List<@From("things") Thing> then)
            throws UnreadableEvent {
        Draft draft = draft(Locale.ENGLISH, things, then);

        List<UUID> ids = new ArrayList<>();
        draft.sections()
                .values()
                .forEach(sentences -> sentences.forEach(sentence -> {
                    ids.add(sentence.id());
                    assertThat(sentence.evidence()).isNotEmpty();
                    String text = ((Sentence.Worded) sentence).text();
                    assertThat(text).doesNotContain("null", "{2}", "{3}").endsWith(".");
                    assertThat(Character.isUpperCase(text.codePointAt(0)) || !Character.isLetter(text.codePointAt(0)))
                            .as(text)
                            .isTrue();
                }));
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(DraftJson.read(new String(DraftJson.write(draft), StandardCharsets.UTF_8)))
                .isEqualTo(draft);
        assertThat(draft(Locale.ENGLISH, things, then)).isEqualTo(draft);
    }

    private static Draft draft(Locale language, List<Thing> things, List<Thing> then) {
        List<ModelReference> models = MODELS.stream().map(Studies::active).toList();
        Map<UUID, StudyAnalyzed> outcomes = new HashMap<>();
        outcomes(STUDY, things).forEach(outcome -> outcomes.put(outcome.outcomeId(), outcome));
        Facts facts = Facts.at(
                        T0,
                        STUDY.plan(FAR, models.toArray(ModelReference[]::new)),
                        STUDY.received(),
                        null,
                        null,
                        outcomes,
                        Set.of())
                .with(
                        then.isEmpty()
                                ? List.of()
                                : List.of(new Prior(
                                        EARLIER.reportKey(),
                                        2,
                                        EARLIER.key(),
                                        1,
                                        "20250214",
                                        outcomes(EARLIER, then))));
        return new Drafter(Wording.in(language), Certainty.standard()).draft(facts, BuiltIn.general());
    }

    /** One answer of each model. */
    private static List<StudyAnalyzed> outcomes(Studies of, List<Thing> things) {
        List<StudyAnalyzed> outcomes = new ArrayList<>();
        for (int model = 0; model < MODELS.size(); model++) {
            ModelReference reference = active(MODELS.get(model));
            List<Finding> findings = new ArrayList<>();
            for (Thing thing : things) {
                if (thing.model == model) {
                    String name = "finding-" + findings.size();
                    findings.add(new Finding(
                            Ids.finding(of.outcomeId(reference), name),
                            name,
                            CODES.get(thing.code),
                            null,
                            thing.side,
                            thing.presence,
                            thing.probability,
                            thing.threshold,
                            1,
                            "platt",
                            thing.urgent,
                            List.of(new Finding.ImageReference("1.2.3.4", "1.2.840.10008.5.1.4.1.1.2", 0)),
                            null,
                            thing.volume == null
                                    ? List.of()
                                    : List.of(new Finding.Measurement(VOLUME, thing.volume, "mL"))));
                }
            }
            outcomes.add(of.outcome(reference, StudyAnalyzed.Status.FINDINGS, findings, null));
        }
        return outcomes;
    }
}
