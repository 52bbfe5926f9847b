package io.prelim.report.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.ReportChanged.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who answers for a report, of all that readers did to it. */
class AttestationTest {
    private static final Attestation FIRST = done(Status.REVIEWED, "a", 1);
    private static final Attestation REVIEW = done(Status.REVIEWED, "b", 2);
    private static final Attestation SIGNED = done(Status.SIGNED, "b", 3);
    private static final Attestation ADDED = done(Status.ADDENDED, "c", 4);
    private static final Attestation CORRECTED = done(Status.CORRECTED, "b", 5);
    private static final Attestation RETRACTED = done(Status.RETRACTED, "d", 6);

    @Test
    void nobodyAnswersForADraft() {
        assertThat(Attestation.of(Status.DRAFT, List.of(FIRST))).isEmpty();
        assertThat(Attestation.principal(List.of())).isNull();
        assertThat(Attestation.responsible(List.of())).isEmpty();
    }

    @Test
    void theLastReviewCountsUntilItIsSigned() {
        assertThat(Attestation.of(Status.REVIEWED, List.of(FIRST, REVIEW))).containsExactly(REVIEW);
        assertThat(Attestation.principal(List.of(REVIEW))).isEqualTo(REVIEW);
        assertThat(Attestation.responsible(List.of(REVIEW))).containsExactly(REVIEW);
        assertThat(Attestation.responsible(List.of(REVIEW, SIGNED))).containsExactly(SIGNED);
    }

    @Test
    void whoAddedAnswersBesideWhoSignedAndWhoTookItBackForNothing() {
        List<Attestation> readers =
                Attestation.of(Status.RETRACTED, List.of(FIRST, REVIEW, SIGNED, ADDED, CORRECTED, RETRACTED));

        assertThat(readers).containsExactly(REVIEW, SIGNED, ADDED, CORRECTED, RETRACTED);
        assertThat(Attestation.principal(readers)).isEqualTo(CORRECTED);
        assertThat(Attestation.principal(readers.subList(0, 3))).isEqualTo(SIGNED);
        assertThat(Attestation.responsible(readers)).containsExactly(CORRECTED, ADDED);
    }

    private static Attestation done(Status act, String by, int second) {
        return new Attestation(act, by, Instant.ofEpochSecond(second));
    }
}
