package io.prelim.report.compare;

import static io.prelim.report.Studies.active;
import static io.prelim.report.Studies.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.report.Studies;
import io.prelim.report.compare.ModelComparison.Against;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {
    private static final ModelReference SHADOW = model("shadow", ModelRole.SHADOW, true);
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference HAND = active("hand");

    private final ModelComparison.Tally tally = new ModelComparison.Tally();

    @Test
    void agreementIsCountedByFinding() {
        pairs(6, 0.9, 0.8);
        pairs(2, 0.9, 0.1);
        pairs(1, 0.2, 0.7);
        pairs(11, 0.0, 0.3);

        Against against = tally.result().against().get(0);
        FindingAgreement pneumonia = against.findings().get(0);

        assertThat(tally.result().model()).isEqualTo(SHADOW);
        assertThat(tally.result().studies()).isEqualTo(20);
        assertThat(pneumonia.code().value()).isEqualTo("233604007");
        assertThat(pneumonia.studies()).isEqualTo(20);
        assertThat(List.of(
                        pneumonia.bothPresent(),
                        pneumonia.bothAbsent(),
                        pneumonia.onlyThisPresent(),
                        pneumonia.onlyOtherPresent()))
                .containsExactly(6, 11, 2, 1);
        assertThat(pneumonia.agreement()).isCloseTo(0.85, within(1e-12));
        // by chance 0.4 x 0.35 + 0.6 x 0.65 = 0.53
        assertThat(pneumonia.kappa()).isCloseTo((0.85 - 0.53) / 0.47, within(1e-12));
        assertThat(pneumonia.scores().mean()).isCloseTo((8 * 0.9 + 0.2) / 20, within(1e-12));
        assertThat(pneumonia.meanDifference()).isCloseTo((7.4 - 9.0) / 20, within(1e-12));
    }

    @Test
    void probabilitiesAreCountedByTwentieths() {
        pairs(1, 0.0, 0.049);
        pairs(1, 0.05, 0.999);
        pairs(1, 1.0, 0.5);

        FindingAgreement finding = tally.result().against().get(0).findings().get(0);

        assertThat(filled(finding.scores().histogram())).isEqualTo(Map.of(0, 1, 1, 1, 19, 1));
        assertThat(filled(finding.otherScores().histogram())).isEqualTo(Map.of(0, 1, 19, 1, 10, 1));
    }

    @Test
    void wherePresentAndAbsentNeverMeetThereIsNoKappa() {
        pairs(3, 0.1, 0.2);

        FindingAgreement finding = tally.result().against().get(0).findings().get(0);

        assertThat(finding.agreement()).isEqualTo(1);
        assertThat(finding.kappa()).isNull();
    }

    @Test
    void answersWithoutFindingsMeetByStatusAlone() {
        Studies study = Studies.fresh();
        tally.add(study.outcome(SHADOW, Status.NOT_APPLICABLE, "out-of-scope", "not a chest"), study.found(CHEST, 0.9));
        Studies other = Studies.fresh();
        tally.add(
                other.found(SHADOW, 0.9),
                other.found(CHEST, "nodule", new Code("SCT", "427359005", "Solitary nodule of lung"), 0.9, 0.5));

        Against against = tally.result().against().get(0);

        assertThat(against.studies()).isEqualTo(2);
        assertThat(against.statuses())
                .isEqualTo(Map.of(
                        Status.NOT_APPLICABLE,
                        Map.of(Status.FINDINGS, 1),
                        Status.FINDINGS,
                        Map.of(Status.FINDINGS, 1)));
        assertThat(against.findings()).isEmpty();
        assertThat(against.latency()).isEqualTo(new Latency(2, 9, 9, 9));
    }

    @Test
    void eachOtherModelIsByItselfTheOneWithMostStudiesFirst() {
        Studies both = Studies.fresh();
        tally.add(both.found(SHADOW, 0.9), both.found(HAND, 0.9));
        tally.add(both.found(SHADOW, 0.9), both.found(CHEST, 0.9));
        pairs(1, 0.9, 0.9);

        ModelComparison result = tally.result();

        assertThat(result.studies()).isEqualTo(2);
        assertThat(result.against()).extracting(Against::model).containsExactly(CHEST, HAND);
        assertThat(result.against()).extracting(Against::studies).containsExactly(2, 1);
    }

    @Test
    void nothingIsNoComparison() {
        assertThat(tally.result()).isNull();
    }

    private void pairs(int count, double probability, double other) {
        for (int i = 0; i < count; i++) {
            Studies study = Studies.fresh();
            tally.add(study.found(SHADOW, probability), study.found(CHEST, other));
        }
    }

    private static Map<Integer, Integer> filled(List<Integer> histogram) {
        assertThat(histogram).hasSize(20);
        return IntStream.range(0, histogram.size())
                .filter(bin -> histogram.get(bin) > 0)
                .boxed()
                .collect(java.util.stream.Collectors.toMap(bin -> bin, histogram::get));
    }
}
