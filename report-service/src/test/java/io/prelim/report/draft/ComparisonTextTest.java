package io.prelim.report.draft;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTextTest {
    private static final ModelReference CHEST = active("chest");
    private static final Code VOLUME = new Code("SCT", "118565006", "Volume");
    private static final Code NODULE = new Code("SCT", "427359005", "Nodule");
    private static final String WITH = "Compared with the study of 14 February 2025.";

    private final Studies study = Studies.study("1.2.3");
    private final Studies earlier = Studies.study("1.2.2");
    private final Studies earliest = Studies.study("1.2.1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.83 | 0.03 | New since 14 February 2025: pneumonia.",
                "0.03 | 0.83 | No longer seen, seen on 14 February 2025: pneumonia.",
                "0.83 | 0.60 | Still seen, seen on 14 February 2025: pneumonia.",
                "0.03 | 0.20 | Still not seen, not seen on 14 February 2025: pneumonia."
            })
    void whatIsSeenIsComparedWithWhatWasSeen(double now, double then, String sentence) {
        Draft draft = draft(study.found(CHEST, now), prior(earlier, "20250214", earlier.found(CHEST, then)));

        assertThat(texts(draft)).containsExactly(WITH, sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.6 | 10   | Larger since 14 February 2025: nodule, 12.6 mL now and 10 mL then.",
                "12.5 | 10   | Unchanged since 14 February 2025: nodule, 12.5 mL now and 10 mL then.",
                "12   | 10   | Unchanged since 14 February 2025: nodule, 12 mL now and 10 mL then.",
                "10   | 12.6 | Smaller since 14 February 2025: nodule, 10 mL now and 12.6 mL then.",
                "4    | 0    | New since 14 February 2025: nodule.",
                "0    | 4    | No longer seen, seen on 14 February 2025: nodule."
            })
    void whatIsMeasuredIsComparedByItsMeasure(double now, double then, String sentence) {
        Draft draft = draft(measured(study, now), prior(earlier, "20250214", measured(earlier, then)));

        assertThat(texts(draft)).containsExactly(WITH, sentence);
    }

    @Test
    void aComparisonRestsOnBothFindings() {
        StudyAnalyzed then = earlier.found(CHEST, 0.03);
        StudyAnalyzed now = study.found(CHEST, 0.83);

        Draft draft = draft(now, prior(earlier, "20250214", then));

        assertThat(draft.comparison().get(0)).isInstanceOf(Sentence.Description.class);
        assertThat(draft.comparison().get(1)).isInstanceOfSatisfying(Sentence.Claim.class, claim -> {
            assertThat(claim.evidence()).hasSize(2);
            assertThat(((Evidence.OfFinding) claim.evidence().get(0)).findingId())
                    .isEqualTo(now.findings().get(0).findingId());
            Evidence.OfPrior prior = (Evidence.OfPrior) claim.evidence().get(1);
            assertThat(prior.reportKey()).isEqualTo(earlier.reportKey());
            assertThat(prior.version()).isEqualTo(3);
            assertThat(prior.finding().findingId())
                    .isEqualTo(then.findings().get(0).findingId());
            assertThat(prior.finding().model()).isEqualTo(CHEST);
        });
    }

    @Test
    void whatWasNotLookedForThenIsNotCalledNew() {
        StudyAnalyzed other = earlier.found(CHEST, "nodule", NODULE, 0.1, 0.5);

        Draft draft = draft(study.found(CHEST, 0.83), prior(earlier, "20250214", other));

        assertThat(texts(draft))
                .containsExactly("The study of 14 February 2025 is known, but nothing was looked for then that was"
                        + " looked for now.");
    }

    @Test
    void theNewestComparableStudyCounts() {
        Draft draft = draft(
                study.found(CHEST, 0.83),
                prior(earlier, "20250214", earlier.found(CHEST, "nodule", NODULE, 0.1, 0.5)),
                prior(earliest, "20240101", earliest.found(CHEST, 0.9)));

        assertThat(texts(draft))
                .containsExactly(
                        "Compared with the study of 1 January 2024.", "Still seen, seen on 1 January 2024: pneumonia.");
    }

    @Test
    void anotherModelThenIsSaid() {
        ModelReference older = active("older");

        Draft draft = draft(study.found(CHEST, 0.83), prior(earlier, "20250214", earlier.found(older, 0.03)));

        assertThat(texts(draft))
                .containsExactly(
                        WITH,
                        "New since 14 February 2025: pneumonia. The models that answered then are not those that"
                                + " answered now.");
    }

    @Test
    void modelsThatDifferedThenLeaveNothingToCompareWith() {
        Draft draft = draft(
                study.found(CHEST, 0.83),
                prior(earlier, "20250214", earlier.found(CHEST, 0.03), earlier.found(active("older"), 0.9)));

        assertThat(texts(draft))
                .containsExactly(
                        WITH,
                        "Whether pneumonia has changed since 14 February 2025 could not be determined. The models that"
                                + " answered then are not those that answered now.");
    }

    @Test
    void withoutAnEarlierStudyThatIsSaid() {
        assertThat(texts(draft(study.found(CHEST, 0.83)))).containsExactly("No earlier study was compared.");
    }

    @Test
    void aDateThatIsNoneIsShownAsItIs() {
        Draft draft = draft(study.found(CHEST, 0.83), prior(earlier, "20251399", earlier.found(CHEST, 0.83)));

        assertThat(texts(draft)).first().isEqualTo("Compared with the study of 20251399.");
    }

    private StudyAnalyzed measured(Studies of, double value) {
        Finding scored = of.finding(CHEST, "nodule", NODULE, value > 0 ? 1 : 0, 0.5);
        return of.outcome(
                CHEST,
                StudyAnalyzed.Status.FINDINGS,
                List.of(new Finding(
                        scored.findingId(),
                        scored.name(),
                        NODULE,
                        null,
                        null,
                        scored.presence(),
                        scored.probability(),
                        0.5,
                        value,
                        "none",
                        false,
                        scored.images(),
                        null,
                        List.of(new Finding.Measurement(VOLUME, value, "mL")))),
                null);
    }

    private static Prior prior(Studies of, String date, StudyAnalyzed... outcomes) {
        return new Prior(of.reportKey(), 3, of.key(), 1, date, List.of(outcomes));
    }

    private Draft draft(StudyAnalyzed outcome, Prior... priors) {
        Facts facts = Facts.at(
                        T0,
                        study.plan(FAR, CHEST),
                        study.received(),
                        null,
                        null,
                        Map.of(outcome.outcomeId(), outcome),
                        Set.of())
                .with(List.of(priors));
        return new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard()).draft(facts, BuiltIn.general());
    }

    private static List<String> texts(Draft draft) {
        return draft.comparison().stream()
                .map(sentence -> ((Sentence.Worded) sentence).text())
                .toList();
    }
}
