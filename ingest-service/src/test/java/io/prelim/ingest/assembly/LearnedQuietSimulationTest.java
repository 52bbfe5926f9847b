package io.prelim.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a learned quiet period saves and costs, against periods that are set, for a few kinds of senders. */
class LearnedQuietSimulationTest {
    private static final QuietRule RULE = new QuietRule(Duration.ofSeconds(2), Duration.ofMinutes(2), 2, 200, 20);
    private static final int STUDIES = 500;

    /** How a sender spaces the images of a study, milliseconds. */
    private enum Sender {
        FAST_CT("CT, 400 images, 20 to 60 ms apart, now and then 0.5 s") {
            @Override
            List<Long> study(Random random, int number) {
                return gaps(399, i -> random.nextInt(100) == 0 ? 500L : 20L + random.nextInt(40));
            }
        },
        SLOW_CR("CR, 4 images, 8 to 25 s apart") {
            @Override
            List<Long> study(Random random, int number) {
                return gaps(3, i -> 8_000L + random.nextInt(17_000));
            }
        },
        BURSTS("MR, 6 series of 60 images 30 ms apart, pauses of 3 to 9 s") {
            @Override
            List<Long> study(Random random, int number) {
                return gaps(359, i -> (i + 1) % 60 == 0 ? 3_000L + random.nextInt(6_000) : 30L);
            }
        },
        SLOWS_DOWN("CT as above that slows down 30 times after half of the studies") {
            @Override
            List<Long> study(Random random, int number) {
                long times = number < STUDIES / 2 ? 1 : 30;
                return gaps(399, i -> times * (random.nextInt(100) == 0 ? 500L : 20L + random.nextInt(40)));
            }
        };

        private final String text;

        Sender(String text) {
            this.text = text;
        }

        abstract List<Long> study(Random random, int number);

        private static List<Long> gaps(int count, Function<Integer, Long> gap) {
            List<Long> gaps = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                gaps.add(gap.apply(i));
            }
            return gaps;
        }
    }

    /**
     * @param waited seconds from a study's last image to its revision, on average
     * @param extra revisions beyond one a study, of a hundred studies
     */
    private record Result(double waited, double extra) {}

    private static Result run(Sender sender, long set, boolean learns) {
        Random random = new Random(7);
        LongestGaps seen = LongestGaps.NONE;
        double waited = 0;
        long extra = 0;
        for (int number = 0; number < STUDIES; number++) {
            SeenGaps more = new SeenGaps();
            more.study(1);
            long quiet = quiet(seen, set, learns);
            long longest = 0;
            for (long gap : sender.study(random, number)) {
                extra += gap > quiet ? 1 : 0;
                more.images(1, gap, longest);
                longest = Math.max(longest, gap);
            }
            seen = seen.plus(more);
            waited += quiet(seen, set, learns);
        }
        return new Result(waited / STUDIES / 1000, 100.0 * extra / STUDIES);
    }

    private static long quiet(LongestGaps seen, long set, boolean learns) {
        return learns
                ? RULE.learned(seen).map(learned -> learned.quiet().toMillis()).orElse(set)
                : set;
    }

    @Test
    void whatItSavesAndCosts() throws IOException {
        StringBuilder table = new StringBuilder("""
                | sender | set to 5 s: wait, extra revisions | set to 30 s | learned, 30 s before |
                |---|---|---|---|
                """);
        for (Sender sender : Sender.values()) {
            table.append("| ").append(sender.text);
            for (Result result :
                    List.of(run(sender, 5_000, false), run(sender, 30_000, false), run(sender, 30_000, true))) {
                table.append(String.format(Locale.ROOT, " | %.1f s, %.1f %%", result.waited(), result.extra()));
            }
            table.append(" |\n");
        }
        GeneratedText.check("deploy/docs/decisions/0010-learned-quiet-period.md", "learned-quiet", table.toString());
    }

    @Test
    void aFastSenderWaitsLessAndIsSplitNoMore() {
        Result learned = run(Sender.FAST_CT, 30_000, true);

        assertThat(learned.waited())
                .isLessThan(run(Sender.FAST_CT, 5_000, false).waited());
        assertThat(learned.extra()).isZero();
    }

    @Test
    void aSenderWithPausesIsNotSplitWhereAShortPeriodSplitsIt() {
        for (Sender sender : List.of(Sender.SLOW_CR, Sender.BURSTS)) {
            assertThat(run(sender, 5_000, false).extra()).isGreaterThan(100);
            assertThat(run(sender, 30_000, true).extra()).isZero();
        }
        assertThat(run(Sender.BURSTS, 30_000, true).waited()).isLessThan(22);
    }

    @Test
    void whoSlowsDownIsSplitForAStudyOrTwo() {
        assertThat(run(Sender.SLOWS_DOWN, 30_000, true).extra()).isBetween(0.1, 2.0);
    }
}
