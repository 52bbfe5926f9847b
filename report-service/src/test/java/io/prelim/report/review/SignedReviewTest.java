package io.prelim.report.review;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportReviewed.Difference;
import io.prelim.events.ReportReviewed.Kind;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Wording;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedReviewTest {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference OWN = active("own");

    private final Studies study = Studies.study("1.2.3");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.83 | Probable pneumonia. | ACCEPTED | false",
                "0.83 | There is pneumonia. | ACCEPTED | false",
                "0.83 | Pneumonia cannot be excluded. | EDITED | false",
                "0.83 | Whether there is pneumonia cannot be determined. | EDITED | false",
                "0.83 | The lungs are clear. | REMOVED | false",
                "0.83 | No pneumonia. | REMOVED | true",
                "0.04 | No pneumonia. | ACCEPTED | false",
                "0.04 | Small pneumonia in the right lower lobe. | EDITED | true",
            })
    void saysWhatBecameOfAFinding(double probability, String signed, Kind kind, boolean contradicted) {
        List<Difference> differences = SignedReview.of(draft(study.found(CHEST, probability)), signed);

        assertThat(differences).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(kind);
            assertThat(difference.contradicted()).isEqualTo(contradicted);
            assertThat(difference.model()).isEqualTo(CHEST);
            assertThat(difference.probability()).isEqualTo(probability);
            assertThat(difference.findingId())
                    .isEqualTo(study.found(CHEST, probability).findings().get(0).findingId());
        });
    }

    @Test
    void whatNobodyNamesIsNoAgreement() {
        assertThat(SignedReview.of(draft(study.found(CHEST, 0.04)), "The heart is normal."))
                .isEmpty();
    }

    @Test
    void whatTheReaderAloneSaysIsAddedByItsCode() {
        List<Difference> differences =
                SignedReview.of(draft(study.found(CHEST, 0.83)), "Pneumonia. Left pleural effusion, no fracture.");

        assertThat(differences).extracting(Difference::kind).containsExactly(Kind.ADDED, Kind.ACCEPTED);
        assertThat(differences.get(0).code()).isEqualTo(new Code("SCT", "60046008", null));
        assertThat(differences.get(0).laterality()).isEqualTo("L");
        assertThat(differences.get(0).findingId()).isNull();
    }

    @Test
    void ofWhatTheLexiconHasNoWordsForNothingIsSaid() {
        StudyAnalyzed own = study.found(OWN, "sign", new Code("99OWN", "SIGN", "Sign of ours"), 0.9, 0.5);

        assertThat(SignedReview.of(draft(own), "Nothing of note.")).isEmpty();
    }

    private Draft draft(StudyAnalyzed... outcomes) {
        ModelReference[] models =
                Arrays.stream(outcomes).map(StudyAnalyzed::model).toArray(ModelReference[]::new);
        Facts facts = Facts.at(
                T0,
                study.plan(FAR, models),
                study.received(),
                null,
                null,
                Arrays.stream(outcomes).collect(Collectors.toMap(StudyAnalyzed::outcomeId, Function.identity())),
                Set.of());
        return new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard()).draft(facts, BuiltIn.general());
    }
}
