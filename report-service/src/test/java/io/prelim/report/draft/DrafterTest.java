package io.prelim.report.draft;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Code;
import io.prelim.events.EventJson;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.PatientContext;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrafterTest {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");

    private final Studies study = Studies.study("1.2.3");
    private final Drafter drafter = new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.97 | 0.50 | Consistent with pneumonia (probability 0.97, present from 0.50). | Consistent with pneumonia.",
                "0.90 | 0.50 | Consistent with pneumonia (probability 0.90, present from 0.50). | Consistent with pneumonia.",
                "0.899| 0.50 | Probable pneumonia (probability 0.90, present from 0.50). | Probable pneumonia.",
                "0.70 | 0.50 | Probable pneumonia (probability 0.70, present from 0.50). | Probable pneumonia.",
                "0.55 | 0.50 | Possible pneumonia (probability 0.55, present from 0.50). | Possible pneumonia.",
                "0.25 | 0.20 | Pneumonia cannot be excluded (probability 0.25, present from 0.20). | Pneumonia cannot be excluded.",
                "0.30 | 0.50 | No clear sign of pneumonia (probability 0.30, present from 0.50). | No clear sign of pneumonia.",
                "0.04 | 0.50 | No sign of pneumonia (probability 0.04, present from 0.50). | No sign of pneumonia.",
                "0.004| 0.50 | No sign of pneumonia (probability <0.01, present from 0.50). | No sign of pneumonia.",
                "0.9999| 0.50 | Consistent with pneumonia (probability >0.99, present from 0.50). | Consistent with pneumonia."
            })
    void certaintyFollowsTheProbability(double probability, double threshold, String finding, String impression) {
        Code code = new Code("SCT", "233604007", "Pneumonia");

        Draft draft = draft(study.plan(FAR, CHEST), study.found(CHEST, "pneumonia", code, probability, threshold));

        assertThat(texts(draft.findings())).containsExactly(finding);
        assertThat(texts(draft.impression()))
                .containsExactly(impression, "Drafted by software, not reviewed by a physician.");
    }

    @Test
    void findingCarriesWhatItRestsOn() {
        StudyAnalyzed outcome = study.found(CHEST, 0.83);
        Finding finding = outcome.findings().get(0);

        Draft draft = draft(study.plan(FAR, CHEST), outcome);

        assertThat(((Sentence.Claim) draft.findings().get(0)).evidence())
                .containsExactly(new Evidence.OfFinding(
                        finding.findingId(),
                        outcome.outcomeId(),
                        CHEST,
                        "pneumonia",
                        finding.code(),
                        null,
                        null,
                        Finding.Presence.PRESENT,
                        0.83,
                        0.5,
                        "platt",
                        finding.images(),
                        List.of(),
                        null));
        assertThat(draft.outcomeIds()).containsExactly(outcome.outcomeId());
        assertThat(draft.settled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "612.4 | mL | Volume of grey matter 612 mL.",
                "12.25 | mL | Volume of grey matter 12.2 mL.",
                "0.125 | mL | Volume of grey matter 0.12 mL.",
                "3     | 1  | Volume of grey matter 3.",
                "0     | mL | Volume of grey matter 0 mL."
            })
    void aMeasureStandsWhereAProbabilityWould(double value, String unit, String sentence) {
        Finding measured = measured(new Finding.Measurement(new Code("SCT", "118565006", "Volume"), value, unit));

        Draft draft = draft(
                study.plan(FAR, CHEST), study.outcome(CHEST, StudyAnalyzed.Status.FINDINGS, List.of(measured), null));

        assertThat(texts(draft.findings())).containsExactly(sentence);
        assertThat(texts(draft.impression())).first().isEqualTo(sentence);
        assertThat(((Evidence.OfFinding) draft.findings().get(0).evidence().get(0)).measurements())
                .containsExactlyElementsOf(measured.measurements());
    }

    private Finding measured(Finding.Measurement measurement) {
        Finding scored = study.finding(CHEST, "grey", new Code("SCT", "389081007", "Grey matter"), 1, 0.5);
        return new Finding(
                scored.findingId(),
                scored.name(),
                scored.code(),
                null,
                null,
                measurement.value() > 0 ? Finding.Presence.PRESENT : Finding.Presence.ABSENT,
                measurement.value() > 0 ? 1 : 0,
                0.5,
                measurement.value(),
                "none",
                false,
                scored.images(),
                null,
                List.of(measurement));
    }

    @Test
    void draftGrowsAsAnswersCome() {
        AnalysisPlanned plan = study.plan(FAR, CHEST, BONE);

        Draft none = draft(plan);
        Draft one = draft(plan, study.found(CHEST, 0.8));

        assertThat(none.settled()).isFalse();
        assertThat(texts(none.findings()))
                .containsExactly(
                        "The answer of Model bone 1.0.0 is awaited.", "The answer of Model chest 1.0.0 is awaited.");
        assertThat(texts(none.impression())).first().isEqualTo("No automatic impression yet: answers are awaited.");
        assertThat(one.settled()).isFalse();
        assertThat(texts(one.impression()))
                .containsExactly(
                        "Probable pneumonia.",
                        "Incomplete: nothing of Model bone 1.0.0 is part of this draft.",
                        "Drafted by software, not reviewed by a physician.");
    }

    @Test
    void overdueAnswerSettlesAndIsNamed() {
        Draft draft = draft(FAR.plusSeconds(1), study.plan(FAR, CHEST));

        assertThat(draft.settled()).isTrue();
        assertThat(texts(draft.findings()))
                .containsExactly("Not analysed by Model chest 1.0.0: no answer by its deadline.");
        assertThat(texts(draft.impression()))
                .first()
                .isEqualTo("No automatic impression: no model gave a finding for this study.");
    }

    @Test
    void answerAfterItsDeadlineIsTaken() {
        Draft draft = draft(FAR.plusSeconds(1), study.plan(FAR, CHEST), study.found(CHEST, 0.8));

        assertThat(texts(draft.impression())).first().isEqualTo("Probable pneumonia.");
    }

    @Test
    void failedAndNotApplicableSayWhy() {
        Draft draft = draft(
                study.plan(FAR, CHEST, BONE),
                study.outcome(
                        CHEST, StudyAnalyzed.Status.NOT_APPLICABLE, "out-of-scope", "not a frontal chest radiograph"),
                study.outcome(BONE, StudyAnalyzed.Status.FAILED, "no-pixel-data", "The image has no pixel data."));

        assertThat(draft.settled()).isTrue();
        assertThat(texts(draft.findings()))
                .containsExactly(
                        "Not analysed by Model bone 1.0.0: The image has no pixel data.",
                        "Not analysed by Model chest 1.0.0, not applicable: not a frontal chest radiograph.");
        assertThat(draft.findings())
                .extracting(claim -> ((Evidence.OfProcess) claim.evidence().get(0)).code())
                .containsExactly("no-pixel-data", "out-of-scope");
    }

    @Test
    void answerOfUnknownKindIsNotTakenForAFinding() {
        Draft draft =
                draft(study.plan(FAR, CHEST), study.outcome(CHEST, StudyAnalyzed.Status.UNKNOWN, List.of(), null));

        assertThat(texts(draft.findings()))
                .containsExactly(
                        "Not analysed by Model chest 1.0.0: its answer is of a kind this version does not know.");
    }

    @Test
    void noModelApplies() {
        Draft draft = draft(
                study.plan(List.of(), List.of(new AnalysisPlanned.Declined(CHEST, "the body part is not the chest"))));

        assertThat(draft.settled()).isTrue();
        assertThat(texts(draft.findings()))
                .containsExactly(
                        "No model in service applies to this study.",
                        "Model chest 1.0.0 does not apply: the body part is not the chest.");
    }

    @Test
    void shadowAndUnplannedAnswersAreNotDrafted() {
        ModelReference shadow = Studies.model("shadow", ModelRole.SHADOW, false);
        ModelReference unknown = Studies.model("unknown", ModelRole.UNKNOWN, false);

        Draft draft = draft(
                study.plan(FAR, CHEST, shadow, unknown),
                study.found(CHEST, 0.1),
                study.found(shadow, 0.99),
                study.found(unknown, 0.99),
                study.found(BONE, 0.99));

        assertThat(draft.settled()).isTrue();
        assertThat(texts(draft.findings()))
                .containsExactly("No clear sign of pneumonia (probability 0.10, present from 0.50).");
        assertThat(draft.outcomeIds()).containsExactly(study.outcomeId(CHEST));
    }

    @Test
    void researchModelCarriesItsWatermark() {
        ModelReference research = Studies.model("chest", ModelRole.ACTIVE, true);

        Draft draft = draft(study.plan(FAR, research), study.found(research, 0.8));

        String watermark = "Research use only: Model chest 1.0.0 is not cleared for clinical use.";
        assertThat(texts(draft.findings())).contains(watermark);
        assertThat(texts(draft.impression())).contains(watermark);
    }

    @Test
    void answerThatContradictsItsNumbersIsNotWordedAsSure() {
        Finding sound = study.found(CHEST, 0.3).findings().get(0);
        Finding contradictory = new Finding(
                sound.findingId(),
                sound.name(),
                sound.code(),
                null,
                null,
                Finding.Presence.PRESENT,
                0.3,
                0.5,
                1,
                "platt",
                false,
                sound.images(),
                null);

        Draft draft = draft(
                study.plan(FAR, CHEST),
                study.outcome(CHEST, StudyAnalyzed.Status.FINDINGS, List.of(contradictory), null));

        assertThat(texts(draft.impression())).first().isEqualTo("Whether there is pneumonia could not be determined.");
    }

    @Test
    void sidesAndSitesAreNamed() {
        Finding sound = study.found(CHEST, 0.8).findings().get(0);
        Finding sided = new Finding(
                sound.findingId(),
                "effusion",
                new Code("SCT", "60046008", "Pleural effusion"),
                new Code("SCT", "1", "Pleural cavity"),
                "L",
                Finding.Presence.PRESENT,
                0.8,
                0.5,
                1,
                "platt",
                true,
                sound.images(),
                null);

        Draft draft = draft(
                study.plan(FAR, CHEST), study.outcome(CHEST, StudyAnalyzed.Status.FINDINGS, List.of(sided), null));

        assertThat(texts(draft.impression()))
                .first()
                .isEqualTo("Urgent: probable pleural effusion, left pleural cavity.");
    }

    @Test
    void contextIsNamedAndNotCopied() {
        PatientContext context = study.context("SYNTHETIC chest PA");
        Draft draft = drafter.draft(
                Facts.at(T0, study.plan(FAR, CHEST), study.received(), context, "sha256:x", Map.of(), Set.of()),
                BuiltIn.general());

        assertThat(draft.synthetic()).isTrue();
        assertThat(draft.examination()).hasSize(2);
        assertThat(draft.examination().get(0)).isInstanceOf(Sentence.Quotation.class);
        assertThat(((Sentence.Description) draft.examination().get(1)).text())
                .isEqualTo("Synthetic image, no patient.");
        assertThat(new String(EventJson.write(draft), StandardCharsets.UTF_8))
                .doesNotContain("Canary", "CANARY", Studies.BIRTH, "SYNTHETIC chest", "Cough");
    }

    @Test
    void techniqueComesFromTheImages() {
        Draft draft = draft(study.plan(FAR, CHEST));

        assertThat(((Sentence.Description) draft.technique().get(0)).text())
                .isEqualTo("Digital radiography, LATERAL, PA view; 2 images in 2 series.");
        assertThat(((Sentence.Description) draft.examination().get(0)).text()).isEqualTo("Digital radiography, chest.");
    }

    @Test
    void draftSurvivesItsJson() throws Exception {
        Draft draft = drafter.draft(
                Facts.at(
                        T0,
                        study.plan(FAR, CHEST, BONE),
                        study.received(),
                        study.context(),
                        "sha256:x",
                        Map.of(study.outcomeId(CHEST), study.found(CHEST, 0.8)),
                        Set.of(study.signed("Signed.").signedReportId())),
                BuiltIn.general());

        assertThat(DraftJson.read(new String(DraftJson.write(draft), StandardCharsets.UTF_8)))
                .isEqualTo(draft);
    }

    @Test
    void textFromOutsideCannotBreakALine() {
        assertThat(PlainText.of("a\u001b[31m\r\nb\u202ec\u0000 \t d")).isEqualTo("a [31m b c d");
        assertThat(PlainText.of("x".repeat(5000))).hasSize(PlainText.MAX_LENGTH);
        assertThat(PlainText.of(null)).isEmpty();
    }

    private Draft draft(AnalysisPlanned plan, StudyAnalyzed... outcomes) {
        return draft(T0, plan, outcomes);
    }

    private Draft draft(Instant now, AnalysisPlanned plan, StudyAnalyzed... outcomes) {
        return drafter.draft(
                Facts.at(
                        now,
                        plan,
                        study.received(),
                        null,
                        null,
                        Arrays.stream(outcomes)
                                .collect(Collectors.toMap(StudyAnalyzed::outcomeId, Function.identity())),
                        Set.of()),
                BuiltIn.general());
    }

    private static List<String> texts(List<? extends Sentence> sentences) {
        return sentences.stream()
                .map(sentence -> ((Sentence.Worded) sentence).text())
                .toList();
    }
}
