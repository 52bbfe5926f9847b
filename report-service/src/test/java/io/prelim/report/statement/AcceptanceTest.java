package io.prelim.report.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.Ids;
import io.prelim.report.template.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceTest {
    /** Written without a look at what reads them: see {@code deploy/docs/narratives.md} for what became of each when it was first read. */
    @ParameterizedTest
    @CsvSource({
        "tuning.json, 60, 56",
        "blind-1.json, 100, 84",
        "blind-2.json, 100, 96",
        "attack-1.json, 48, 48",
        "attack-2.json, 96, 91"
    })
    void faithfulAnswersAreAccepted(String corpus, int answers, int accepted) throws Exception {
        List<Corpus.Answer> faithful =
                Corpus.read(corpus).stream().filter(Corpus.Answer::faithful).toList();
        List<String> refused = faithful.stream()
                .filter(answer -> !verdict(answer).accepted())
                .map(answer -> verdict(answer).refusal() + ": " + answer)
                .toList();

        assertThat(faithful).hasSize(answers);
        assertThat(refused).hasSizeLessThanOrEqualTo(answers - accepted);
    }

    @ParameterizedTest
    @CsvSource({"tuning.json, 80", "blind-1.json, 238", "blind-2.json, 271", "attack-1.json, 396", "attack-2.json, 415"
    })
    void noHostileAnswerIsAccepted(String corpus, int answers) throws Exception {
        List<Corpus.Answer> hostile = Corpus.read(corpus).stream()
                .filter(answer -> !answer.faithful())
                .toList();

        assertThat(hostile).hasSize(answers).noneMatch(answer -> verdict(answer).accepted());
    }

    /** Whatever is turned round in an answer that was accepted, it is accepted no more. */
    @ParameterizedTest
    @ValueSource(strings = {"tuning.json", "blind-1.json", "blind-2.json", "attack-1.json", "attack-2.json"})
    void noAnswerThatWasTurnedRoundIsAccepted(String corpus) throws Exception {
        List<Corpus.Answer> turned = new ArrayList<>();
        for (Corpus.Answer answer : Corpus.read(corpus)) {
            if (answer.faithful() && verdict(answer).accepted()) {
                turned.addAll(Mutations.of(answer));
                turned.addAll(Mutations.exchanged(answer));
            }
        }

        assertThat(turned)
                .hasSizeGreaterThan(5_000)
                .noneMatch(answer -> verdict(answer).accepted());
    }

    @Test
    void sentencesComeInTheOrderOfTheStatements() {
        Given first = given("pneumonia", "233604007", Level.PROBABLE);
        Given second = given("fracture", "125605004", Level.NO_SIGN);

        Acceptance.Verdict verdict = Acceptance.of(
                "en",
                List.of(first, second),
                List.of(written(second, "No fracture."), written(first, "Probable pneumonia.")));

        assertThat(verdict.sentences())
                .extracting(each -> each.written().text())
                .containsExactly("Probable pneumonia.", "No fracture.");
    }

    @Test
    void aTermWithoutACodeIsNamedAsItIs() {
        Given own = new Given(
                UUID.randomUUID(),
                Section.FINDINGS,
                "honeycombing",
                null,
                Level.POSSIBLE,
                null,
                null,
                null,
                null,
                null,
                false);

        assertThat(accepted(own, "Possible honeycombing.")).isTrue();
        assertThat(accepted(own, "Possible fibrosis.")).isFalse();
    }

    @Test
    void aLanguageWithoutALexiconIsNotWordedAtAll() {
        Given given = given("pneumonie", "233604007", Level.NO_SIGN);

        assertThat(Acceptance.of("fr", List.of(given), List.of(written(given, "Pas de pneumonie.")))
                        .refusal())
                .isEqualTo("there is no lexicon for this language");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ".", "Probable pneumonia\u200b.", "Probable pnеumonia.", "Probable <b>pneumonia</b>."})
    void whatHasNoWordsOrStrangeOnesIsRefused(String text) {
        assertThat(accepted(given("pneumonia", "233604007", Level.PROBABLE), text))
                .isFalse();
    }

    @Test
    void aSentenceIsBounded() {
        Given given = given("pneumonia", "233604007", Level.PROBABLE);

        assertThat(accepted(given, "Probable" + " the".repeat(100) + " pneumonia."))
                .isTrue();
        assertThat(accepted(given, "Probable" + " the".repeat(200) + " pneumonia."))
                .isFalse();
    }

    private static boolean accepted(Given given, String text) {
        return Acceptance.of("en", List.of(given), List.of(written(given, text)))
                .accepted();
    }

    private static Written written(Given given, String text) {
        return new Written(given.section(), List.of(given.id()), text);
    }

    private static Given given(String term, String code, Level level) {
        return new Given(
                Ids.v5("statement", term),
                Section.FINDINGS,
                term,
                new Code("SCT", code, term),
                level,
                null,
                null,
                null,
                null,
                null,
                false);
    }

    private static Acceptance.Verdict verdict(Corpus.Answer answer) {
        return Acceptance.of(answer.language(), answer.given(), answer.sentences());
    }
}
