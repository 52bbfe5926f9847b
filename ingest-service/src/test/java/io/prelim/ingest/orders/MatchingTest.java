package io.prelim.ingest.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Phi;
import io.prelim.ingest.orders.Matching.Difference;
import io.prelim.ingest.orders.Matching.Side;
import io.prelim.ingest.orders.Matching.State;
import io.prelim.ingest.orders.Matching.Verdict;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static final Side ORDER = side("A-1", "hospital", "P-1", "Doe^Jane", "19700102", "F");

    @Test
    void theSamePatientIdOfTheSameIssuerMatches() {
        Verdict verdict = Matching.decide(ORDER, side("A-1", "hospital", "P-1", null, null, null), false);

        assertThat(verdict.state()).isEqualTo(State.MATCHED);
        assertThat(verdict.differs()).isEmpty();
    }

    @Test
    void whoHasTheSameIdMayHaveMarried() {
        Verdict verdict = Matching.decide(ORDER, side("A-1", "hospital", "P-1", "Roe^Jane", "19700102", "M"), false);

        assertThat(verdict.state()).isEqualTo(State.MATCHED);
    }

    @Test
    void anotherIdOfTheSameIssuerDiffers() {
        Verdict verdict = Matching.decide(ORDER, side("A-1", "hospital", "P-2", "Doe^Jane", "19700102", "F"), false);

        assertThat(verdict.state()).isEqualTo(State.DIFFERS);
        assertThat(verdict.differs()).containsExactly(Difference.PATIENT_ID);
    }

    @Test
    void anotherIdMatchesWhenAMergeSaysSo() {
        Verdict verdict = Matching.decide(ORDER, side("A-1", "hospital", "P-2", "Doe^Jane", "19700102", "F"), true);

        assertThat(verdict.state()).isEqualTo(State.MATCHED);
    }

    @Test
    void anotherBirthDateDiffersWhateverTheId() {
        Verdict verdict = Matching.decide(ORDER, side("A-1", "hospital", "P-1", "Doe^Jane", "19700103", "F"), false);

        assertThat(verdict.differs()).containsExactly(Difference.BIRTH_DATE);
    }

    @Test
    void idsOfOtherIssuersAreNotCompared() {
        Side study = side("A-1", "clinic", "P-1", "DOE^Jane^M=ignored", "19700102", "F");

        assertThat(Matching.decide(ORDER, study, false).state()).isEqualTo(State.MATCHED);
        assertThat(Matching.decide(ORDER, side("A-1", "clinic", "P-1", "Roe^Jane", "19700102", "M"), false)
                        .differs())
                .containsExactlyInAnyOrder(Difference.PATIENT_NAME, Difference.SEX);
    }

    @Test
    void nothingToCompareIsNoMatch() {
        assertThat(Matching.decide(ORDER, side("A-1", "hospital", null, null, "19700102", null), false)
                        .state())
                .isEqualTo(State.UNCONFIRMED);
        assertThat(Matching.decide(ORDER, side("A-1", "clinic", "P-1", "^", null, "F"), false)
                        .state())
                .isEqualTo(State.UNCONFIRMED);
    }

    @Test
    void theSameStudyUnderAnotherAccessionNumberDiffers() {
        Side study = side("A-2", "hospital", "P-1", "Doe^Jane", "19700102", "F");

        assertThat(Matching.decide(ORDER, study, false).differs()).containsExactly(Difference.ACCESSION_NUMBER);
    }

    private static Side side(String accession, String issuer, String id, String name, String birthDate, String sex) {
        return new Side(
                "hospital",
                Phi.ofNullable(accession),
                issuer,
                Phi.ofNullable(id),
                Phi.ofNullable(name),
                Phi.ofNullable(birthDate),
                sex);
    }
}
