package io.prelim.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.ingest.ledger.Standing.Plan;
import io.prelim.ingest.ledger.Standing.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WaitsTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Instant NOW = Instant.parse("2026-11-26T14:00:00Z");

    /** Revision, images without one, due, taken until, last object, told, plan, drafted; and what is waited for. */
    private static Stream<Arguments> studies() {
        Told unsent = new Told(ago(5), 0, 0, ago(0), false);
        Told unsentLong = new Told(ago(121), 0, 4, in(30), false);
        Told sent = new Told(ago(20), 2, 0, in(15), false);
        Told sentLong = new Told(ago(200), 5, 0, in(100), false);
        Told refused = new Told(ago(5), 0, 0, null, true);
        Plan open = new Plan(ago(10), 3, 2, in(60), null);
        Plan late = new Plan(ago(600), 3, 1, ago(119), null);
        Plan tooLate = new Plan(ago(600), 3, 1, ago(121), null);
        Plan done = new Plan(ago(30), 3, 0, null, ago(3));
        Plan doneLong = new Plan(ago(600), 3, 0, null, ago(121));
        return Stream.of(
                row("images come in", 0, true, in(4), null, null, null, false, "QUIET_PERIOD by +4"),
                row("the quiet period is over", 0, true, ago(1), null, null, null, false, "ASSEMBLY"),
                row("it is assembled", 0, true, ago(1), in(50), null, null, false, "ASSEMBLY by +50"),
                row("nobody assembles it", 0, true, ago(121), null, null, null, false, "ASSEMBLY!"),
                row("who assembles it hangs", 0, true, ago(121), in(50), null, null, false, "ASSEMBLY by +50!"),
                row("at the limit", 0, true, ago(120), null, null, null, false, "ASSEMBLY"),
                row("its images made it never due", 0, true, null, null, null, null, false, "DUE!"),
                row("objects without images", 0, false, null, null, null, null, false, ""),
                row("revision without event", 1, false, null, null, null, null, false, "EVENT!"),
                row("to be sent", 1, false, null, null, unsent, null, false, "BROKER by +0"),
                row("the broker is away", 1, false, null, null, unsentLong, null, false, "BROKER by +30!"),
                row("the broker will never take it", 1, false, null, null, refused, null, false, "REFUSED!"),
                row("sent", 1, false, null, null, sent, null, false, "PLAN by +15"),
                row("no planner", 1, false, null, null, sentLong, null, false, "PLAN by +100!"),
                row("models run", 1, false, null, null, sent, open, false, "ANSWERS by +60"),
                row("planned before we know it was sent", 1, false, null, null, unsent, open, false, "ANSWERS by +60"),
                row("a model is late", 1, false, null, null, sent, late, false, "ANSWERS by -119"),
                row("nobody looks at deadlines", 1, false, null, null, sent, tooLate, false, "ANSWERS by -121!"),
                row("to be drafted", 1, false, null, null, sent, done, false, "REPORT by +15"),
                row("nobody drafts", 1, false, null, null, sentLong, doneLong, false, "REPORT by +100!"),
                row("nobody drafts, and the row is gone", 1, false, null, null, null, doneLong, false, "REPORT!"),
                row("drafted", 1, false, null, null, sent, done, true, ""),
                row("a late image after the draft", 1, true, in(3), null, sent, done, true, "QUIET_PERIOD by +3"),
                row(
                        "a late image while models run",
                        1,
                        true,
                        in(3),
                        null,
                        sent,
                        open,
                        false,
                        "QUIET_PERIOD by +3, ANSWERS by +60"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("studies")
    void whatAStudyWaitsForAndWhetherItStandsStill(String name, Standing study, String expected) {
        String waits = Waits.of(study, LONGEST).stream().map(WaitsTest::said).collect(Collectors.joining(", "));

        assertThat(waits).isEqualTo(expected);
    }

    @Test
    void nothingBecomesOfPriorsAndOfWhatIsGone() {
        Standing prior = new Standing(NOW, 0, true, false, true, null, null, ago(900), null, null, null, false);
        Standing gone = new Standing(NOW, 1, false, true, false, null, null, null, ago(900), null, null, false);

        assertThat(Stream.of(prior, gone).flatMap(study -> Waits.of(study, LONGEST).stream()))
                .isEmpty();
    }

    @Test
    void itSaysWhatHappensNext() {
        Told sent = new Told(ago(20), 2, 0, in(15), false);
        Standing study = new Standing(
                NOW,
                1,
                false,
                false,
                true,
                in(3),
                null,
                ago(1),
                ago(30),
                sent,
                new Plan(ago(10), 3, 2, in(60), null),
                false);

        List<Wait> waits = Waits.of(study, LONGEST);

        assertThat(waits).extracting(Wait::since).containsExactly(ago(1), ago(10));
        assertThat(waits)
                .extracting(Wait::next)
                .containsExactly(
                        "assembled, if no image comes",
                        "models that must answer and have not: 2 of 3; failed without an answer after that");
    }

    private static Arguments row(
            String name,
            int revision,
            boolean unassembled,
            Instant dueAt,
            Instant takenUntil,
            Told told,
            Plan plan,
            boolean drafted,
            String expected) {
        Standing study = new Standing(
                NOW,
                revision,
                false,
                false,
                unassembled,
                dueAt,
                takenUntil,
                ago(130),
                revision == 0 ? null : ago(125),
                told,
                plan,
                drafted);
        return Arguments.of(name, study, expected);
    }

    private static String said(Wait wait) {
        String by = wait.by() == null
                ? ""
                : String.format(" by %+d", Duration.between(NOW, wait.by()).toSeconds());
        return wait.what() + by + (wait.standingStill() ? "!" : "");
    }

    private static Instant ago(long seconds) {
        return NOW.minusSeconds(seconds);
    }

    private static Instant in(long seconds) {
        return NOW.plusSeconds(seconds);
    }
}
