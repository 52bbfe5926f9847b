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
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveralModelsTest {
    private static final ModelReference ALPHA = active("alpha");
    private static final ModelReference BETA = active("beta");
    private static final Code PNEUMONIA = new Code("SCT", "233604007", "Pneumonia");
    private static final Code EFFUSION = new Code("SCT", "60046008", "Pleural effusion");
    private static final String UNREVIEWED = "Drafted by software, not reviewed by a physician.";

    private final Studies study = Studies.study("1.2.3");

    @Test
    void modelsThatAgreeAreOneSentenceWithTheEvidenceOfBoth() {
        Draft draft = draft(study.found(ALPHA, 0.83), study.found(BETA, 0.78));

        assertThat(texts(draft.findings()))
                .containsExactly("Probable pneumonia (2 models agree: Model alpha 1.0.0 with probability 0.83, present"
                        + " from 0.50; Model beta 1.0.0 with probability 0.78, present from 0.50).");
        assertThat(texts(draft.impression())).containsExactly("Probable pneumonia.", UNREVIEWED);
        assertThat(List.of(draft.findings().get(0), draft.impression().get(0)))
                .allSatisfy(sentence -> assertThat(sentence.evidence())
                        .extracting(evidence -> ((Evidence.OfFinding) evidence).model())
                        .isEqualTo(List.of(ALPHA, BETA)));
    }

    /** Of models that agree, the least sure speaks for all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.95 | 0.75 | Probable pneumonia.",
                "0.75 | 0.45 | Possible pneumonia.",
                "0.02 | 0.20 | No clear sign of pneumonia.",
                "0.02 | 0.03 | No sign of pneumonia."
            })
    void theLeastSureSpeaksForAll(double alpha, double beta, String impression) {
        Draft draft = draft(
                study.found(ALPHA, "pneumonia", PNEUMONIA, alpha, 0.4),
                study.found(BETA, "pneumonia", PNEUMONIA, beta, 0.4));

        assertThat(texts(draft.impression())).containsExactly(impression, UNREVIEWED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.83 | 0.04 | probable pneumonia | no sign of pneumonia",
                "0.04 | 0.83 | no sign of pneumonia | probable pneumonia",
                "0.97 | 0.45 | consistent with pneumonia | possible pneumonia"
            })
    void modelsThatDifferAreBothNamed(double alpha, double beta, String ofAlpha, String ofBeta) {
        Draft draft = draft(
                study.found(ALPHA, "pneumonia", PNEUMONIA, alpha, 0.4),
                study.found(BETA, "pneumonia", PNEUMONIA, beta, 0.4));

        assertThat(texts(draft.findings()))
                .containsExactly("Models differ on pneumonia: Model alpha 1.0.0: " + ofAlpha + " (probability "
                        + String.format(Locale.ROOT, "%.2f", alpha) + ", present from 0.40); Model beta 1.0.0: "
                        + ofBeta
                        + " (probability " + String.format(Locale.ROOT, "%.2f", beta) + ", present from 0.40).");
        assertThat(texts(draft.impression()))
                .containsExactly(
                        "Models differ on pneumonia: Model alpha 1.0.0: " + ofAlpha + "; Model beta 1.0.0: " + ofBeta
                                + ".",
                        UNREVIEWED);
        assertThat(draft.findings().get(0).evidence()).hasSize(2);
    }

    @Test
    void otherSidesAndOtherFindingsAreNotMerged() {
        Draft draft = draft(
                found(ALPHA, finding(ALPHA, EFFUSION, "L", 0.8, false), finding(ALPHA, EFFUSION, "R", 0.1, false)),
                found(BETA, finding(BETA, EFFUSION, "R", 0.05, false), finding(BETA, PNEUMONIA, null, 0.6, false)));

        assertThat(texts(draft.impression()))
                .containsExactly("Probable pleural effusion, left.", "Possible pneumonia.", UNREVIEWED);
        assertThat(draft.findings()).hasSize(3);
    }

    @Test
    void urgentComesFirstThenTheMostProbable() {
        Draft draft = draft(
                found(ALPHA, finding(ALPHA, PNEUMONIA, null, 0.95, false), finding(ALPHA, EFFUSION, "L", 0.6, true)),
                found(
                        BETA,
                        finding(BETA, new Code("SCT", "36118008", "Pneumothorax"), null, 0.99, false),
                        finding(BETA, EFFUSION, "L", 0.1, true)));

        assertThat(texts(draft.impression()))
                .containsExactly(
                        "Urgent: models differ on pleural effusion, left: Model alpha 1.0.0: possible pleural"
                                + " effusion, left; Model beta 1.0.0: no clear sign of pleural effusion, left.",
                        "Consistent with pneumothorax.",
                        "Consistent with pneumonia.",
                        UNREVIEWED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 | 90 | Volume of pleural effusion, left 100 mL; volume of pleural effusion, left 90 mL.",
                "100 | 70 | Models differ on pleural effusion, left: Model alpha 1.0.0: volume of pleural effusion, left"
                        + " 100 mL; Model beta 1.0.0: volume of pleural effusion, left 70 mL."
            })
    void measuresAgreeWithinAFifth(double alpha, double beta, String impression) {
        Draft draft = draft(found(ALPHA, volume(ALPHA, alpha)), found(BETA, volume(BETA, beta)));

        assertThat(texts(draft.impression())).containsExactly(impression, UNREVIEWED);
    }

    @Test
    void aSentenceKeepsItsIdWhenAnotherModelJoins() {
        Draft one = draft(study.found(BETA, 0.83));
        Draft both = draft(study.found(ALPHA, 0.83), study.found(BETA, 0.83));
        Draft differ = draft(study.found(ALPHA, 0.03), study.found(BETA, 0.83));

        assertThat(both.findings().get(0).id())
                .isEqualTo(one.findings().get(0).id())
                .isEqualTo(differ.findings().get(0).id());
        assertThat(both.impression().get(0).id())
                .isEqualTo(one.impression().get(0).id())
                .isNotEqualTo(both.findings().get(0).id());
    }

    @Test
    void oneModelThatFindsTheSameTwiceHasFoundTwo() {
        Finding first = finding(ALPHA, EFFUSION, null, 0.8, false);
        Finding second = new Finding(
                Ids.finding(study.outcomeId(ALPHA), "second"),
                "second",
                EFFUSION,
                null,
                null,
                Finding.Presence.PRESENT,
                0.6,
                0.5,
                1,
                "platt",
                false,
                first.images(),
                null);

        Draft draft = draft(found(ALPHA, first, second));

        assertThat(draft.findings()).hasSize(2).doesNotHaveDuplicates();
        assertThat(draft.findings().stream().map(Sentence::id).distinct()).hasSize(2);
    }

    /** A name is its model's own: two models may call two things "finding". */
    @Test
    void whatHasNoCodeIsNotMerged() {
        Draft draft =
                draft(study.found(ALPHA, "finding", null, 0.83, 0.5), study.found(BETA, "finding", null, 0.03, 0.5));

        assertThat(texts(draft.findings()))
                .containsExactly(
                        "Probable finding (probability 0.83, present from 0.50).",
                        "No sign of finding (probability 0.03, present from 0.50).");
    }

    private StudyAnalyzed found(ModelReference model, Finding... findings) {
        return study.outcome(model, StudyAnalyzed.Status.FINDINGS, List.of(findings), null);
    }

    private Finding volume(ModelReference model, double value) {
        Finding finding = finding(model, EFFUSION, "L", 1, false);
        return new Finding(
                finding.findingId(),
                finding.name(),
                EFFUSION,
                null,
                "L",
                Finding.Presence.PRESENT,
                1,
                0.5,
                value,
                "none",
                false,
                finding.images(),
                null,
                List.of(new Finding.Measurement(new Code("SCT", "118565006", "Volume"), value, "mL")));
    }

    private Finding finding(ModelReference model, Code code, String side, double probability, boolean urgent) {
        Finding finding = study.finding(model, code.value() + side, code, probability, 0.5);
        return new Finding(
                finding.findingId(),
                finding.name(),
                code,
                null,
                side,
                finding.presence(),
                probability,
                0.5,
                1,
                "platt",
                urgent,
                finding.images(),
                null);
    }

    private Draft draft(StudyAnalyzed... outcomes) {
        ModelReference[] models =
                Arrays.stream(outcomes).map(StudyAnalyzed::model).toArray(ModelReference[]::new);
        return new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard())
                .draft(
                        Facts.at(
                                T0,
                                study.plan(FAR, models),
                                study.received(),
                                null,
                                null,
                                Arrays.stream(outcomes)
                                        .collect(Collectors.toMap(StudyAnalyzed::outcomeId, Function.identity())),
                                Set.of()),
                        BuiltIn.general());
    }

    private static List<String> texts(List<Sentence.Clinical> sentences) {
        return sentences.stream().map(each -> ((Sentence.Worded) each).text()).toList();
    }
}
