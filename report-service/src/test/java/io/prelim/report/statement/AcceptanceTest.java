package io.prelim.report.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceTest {
    @ParameterizedTest
    @ValueSource(strings = {"tuning.json"})
    void faithfulAnswersAreAcceptedAndHostileOnesAreNot(String corpus) throws Exception {
        List<Corpus.Answer> answers = Corpus.read(corpus);
        List<String> refused = answers.stream()
                .filter(Corpus.Answer::faithful)
                .filter(answer -> !verdict(answer).accepted())
                .map(answer -> verdict(answer).refusal() + ": " + answer)
                .toList();
        List<Corpus.Answer> accepted = answers.stream()
                .filter(answer -> !answer.faithful() && verdict(answer).accepted())
                .toList();
        long faithful = answers.stream().filter(Corpus.Answer::faithful).count();
        System.out.println(corpus + ": faithful refused " + refused.size() + " of " + faithful + ", hostile accepted "
                + accepted.size() + " of " + (answers.size() - faithful));
        refused.forEach(System.out::println);
        assertThat(accepted).isEmpty();
        assertThat(refused.size()).isLessThanOrEqualTo((int) faithful / 10);
    }

    private static Acceptance.Verdict verdict(Corpus.Answer answer) {
        return Acceptance.of(answer.language(), answer.given(), answer.sentences());
    }
}
