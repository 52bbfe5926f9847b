package io.prelim.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.ModelRole;
import io.prelim.events.StudyAnalyzed;
import io.prelim.ingest.ledger.Progress.PlannedAnswer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void whatOthersSayStaysOneBoundedLine() {
        String reason = Wording.reason(new StudyAnalyzed.Reason("out-of-scope", "a\nb\u0000c" + "x".repeat(5000)));

        assertThat(reason).startsWith("out of scope (a b c").endsWith("…").hasSize(300);
    }

    @Test
    void manyAnswersStayBounded() {
        List<PlannedAnswer> answers = IntStream.range(0, 500)
                .mapToObj(i -> new PlannedAnswer("model-" + i, ModelRole.ACTIVE, true, "FINDINGS", null))
                .toList();

        assertThat(Wording.analyzed(answers, 0))
                .startsWith("model-0 found; model-1")
                .hasSize(Wording.LONGEST);
    }

    @Test
    void anAnswerOfALaterVersionIsSaidToBeUnknown() {
        assertThat(Wording.analyzed(List.of(new PlannedAnswer("chest", ModelRole.ACTIVE, true, "UNKNOWN", null)), 0))
                .isEqualTo("chest answered what this version does not know");
    }

    @Test
    void nothingInServiceDiffersFromNothingThatApplies() {
        assertThat(Wording.analyzed(List.of(), 0)).isEqualTo("no model is in service");
        assertThat(Wording.analyzed(List.of(), 2)).isEqualTo("no model in service applies to this study");
    }
}
