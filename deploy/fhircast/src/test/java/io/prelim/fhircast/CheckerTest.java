package io.prelim.fhircast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check that cannot fail is none: each is tried at a hub that keeps its rule, and at one that breaks it. */
class CheckerTest {
    static Stream<String> rules() {
        return Checker.rules().stream().map(Rule::name);
    }

    @Test
    void aHubThatKeepsEveryRulePasses() throws Exception {
        try (SmallHub hub = new SmallHub()) {
            List<Result> results = new Checker(options(hub, 5)).run(result -> {});

            assertThat(results)
                    .allSatisfy(each -> assertThat(each.outcome())
                            .as(each.rule().name() + ": " + each.found())
                            .isEqualTo(Result.Outcome.PASS));
            assertThat(results).hasSizeGreaterThan(40);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleThatIsBrokenIsFound(String rule) throws Exception {
        try (SmallHub hub = new SmallHub(rule)) {
            Result result = new Checker(options(hub, 1)).run(rule);

            // what a hub only may or should do is told as skipped
            Result.Outcome expected =
                    List.of("silence-told", "current-on-joining").contains(rule)
                            ? Result.Outcome.SKIPPED
                            : Result.Outcome.FAIL;
            assertThat(result.outcome()).isEqualTo(expected);
            assertThat(result.found()).isNotBlank();
        }
    }

    @Test
    void theCommandLineTellsWhatFailed() throws Exception {
        try (SmallHub hub = new SmallHub("configuration")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int code = Main.run(
                    List.of(hub.url() + "/", "--silence", "2"),
                    null,
                    new PrintStream(out, true, StandardCharsets.UTF_8));

            assertThat(code).isEqualTo(1);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("FAIL     configuration")
                    .contains("expected: GET .well-known/fhircast-configuration tells")
                    .contains("found: eventsSupported is no array")
                    .contains("PASS     subscribe")
                    .contains(Checker.rules().size() + " rules: ");
        }
    }

    @Test
    void whatCannotBeTriedIsNoPass() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(Main.run(List.of("http://127.0.0.1:1/hub"), null, nowhere)).isEqualTo(2);
        assertThat(Main.run(List.of("file:///etc/passwd"), null, nowhere)).isEqualTo(2);
        assertThat(Main.run(List.of("http://127.0.0.1:1", "--what"), null, nowhere))
                .isEqualTo(2);
        assertThat(Main.run(List.of(), null, nowhere)).isEqualTo(2);
        assertThat(Main.run(List.of("--help"), null, nowhere)).isZero();
    }

    private static Options options(SmallHub hub, int patience) {
        return new Options(
                hub.url(), UUID.randomUUID().toString(), null, Duration.ofSeconds(patience), Duration.ofSeconds(2));
    }
}
