package io.prelim.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold of a learned quiet period, whatever a sender does. */
class QuietRuleTest {
    private static final long MINIMUM = 500;
    private static final long MAXIMUM = 60_000;
    private static final QuietRule RULE =
            new QuietRule(Duration.ofMillis(MINIMUM), Duration.ofMillis(MAXIMUM), 2, 20, 5);
    private static final int RUNS = 200;

    /** Each study a list of gaps. */
    private static LongestGaps seen(LongestGaps before, List<List<Long>> studies) {
        LongestGaps seen = before;
        for (List<Long> gaps : studies) {
            SeenGaps more = new SeenGaps();
            more.study(1);
            long longest = 0;
            for (long gap : gaps) {
                more.images(1, gap, longest);
                longest = Math.max(longest, gap);
            }
            seen = seen.plus(more);
        }
        return seen;
    }

    private static long quiet(LongestGaps seen) {
        return RULE.learned(seen).orElseThrow().quiet().toMillis();
    }

    private static List<List<Long>> studies(int count, long... gaps) {
        List<Long> study = new ArrayList<>();
        for (long gap : gaps) {
            study.add(gap);
        }
        return Collections.nCopies(count, study);
    }

    private static List<List<Long>> random(Random random) {
        List<List<Long>> studies = new ArrayList<>();
        for (int study = 5 + random.nextInt(300); study > 0; study--) {
            List<Long> gaps = new ArrayList<>();
            for (int gap = 4 + random.nextInt(20); gap > 0; gap--) {
                gaps.add((long) (MAXIMUM * Math.pow(random.nextDouble(), 6)));
            }
            studies.add(gaps);
        }
        return studies;
    }

    @Test
    void itIsBoundedWhateverASenderDoes() {
        Random random = new Random(1);
        for (int run = 0; run < RUNS; run++) {
            assertThat(quiet(seen(LongestGaps.NONE, random(random)))).isBetween(MINIMUM, MAXIMUM);
        }
    }

    @Test
    void aLongerGapNeverShortensIt() {
        Random random = new Random(2);
        for (int run = 0; run < RUNS; run++) {
            List<List<Long>> studies = random(random);
            List<List<Long>> slower = new ArrayList<>(studies);
            int changed = random.nextInt(studies.size());
            List<Long> gaps = new ArrayList<>(studies.get(changed));
            int gap = random.nextInt(gaps.size());
            gaps.set(gap, Math.min(MAXIMUM, gaps.get(gap) + random.nextInt((int) MAXIMUM)));
            slower.set(changed, gaps);

            assertThat(quiet(seen(LongestGaps.NONE, slower)))
                    .as("run %d, study %d", run, changed)
                    .isGreaterThanOrEqualTo(quiet(seen(LongestGaps.NONE, studies)));
        }
    }

    @Test
    void itIsLongerThanAnyGapOfTheLastStudies() {
        Random random = new Random(3);
        for (int run = 0; run < RUNS; run++) {
            List<List<Long>> studies = random(random);
            long longest = studies.subList(Math.max(0, studies.size() - 60), studies.size()).stream()
                    .flatMap(List::stream)
                    .mapToLong(Long::longValue)
                    .max()
                    .orElseThrow();

            assertThat(quiet(seen(LongestGaps.NONE, studies))).isGreaterThanOrEqualTo(Math.min(MAXIMUM, longest));
        }
    }

    @Test
    void oneLateImageLengthensItAndIsForgottenInTime() {
        LongestGaps fast = seen(LongestGaps.NONE, studies(500, 100, 90, 100, 80));
        assertThat(quiet(fast)).isEqualTo(MINIMUM);

        LongestGaps late = seen(fast, studies(1, 100, 9_000));

        assertThat(quiet(late)).isBetween(18_000L, 22_000L);
        assertThat(quiet(seen(late, studies(60, 100)))).isEqualTo(quiet(late));
        assertThat(quiet(seen(late, studies(80, 100)))).isEqualTo(MINIMUM);
    }

    @Test
    void aModalityThatSlowsDownIsFollowedAtOnceAndOneThatSpeedsUpInTime() {
        LongestGaps slower = seen(seen(LongestGaps.NONE, studies(300, 300, 400)), studies(1, 4_000, 3_000));
        assertThat(quiet(slower)).isBetween(8_000L, 10_000L);

        assertThat(quiet(seen(seen(slower, studies(300, 4_000)), studies(600, 300))))
                .isLessThan(1_000);
    }

    @Test
    void nothingIsLearnedFromLittle() {
        assertThat(RULE.learned(LongestGaps.NONE)).isEmpty();
        assertThat(RULE.learned(seen(LongestGaps.NONE, studies(19, 1_000)))).isEmpty();
        assertThat(RULE.learned(seen(LongestGaps.NONE, studies(4, 1, 2, 3, 4, 5, 6, 7))))
                .isEmpty();
        assertThat(RULE.learned(seen(LongestGaps.NONE, studies(5, 1, 2, 3, 4)))).isPresent();
    }

    @Test
    void itSaysWhatItWasLearnedFrom() {
        assertThat(RULE.learned(seen(LongestGaps.NONE, studies(10, 1_000, 1_000, 900))))
                .contains(new QuietRule.Learned(
                        Duration.ofMillis(2 * LongestGaps.upperMillis(LongestGaps.bucket(1_000))), 30, 10));
    }

    @Test
    void whatIsSeenTogetherIsWhatIsSeenInTurn() {
        SeenGaps together = new SeenGaps();
        SeenGaps first = new SeenGaps();
        first.study(3);
        first.images(2, 700, 0);
        SeenGaps second = new SeenGaps();
        second.images(4, 5_000, 700);
        together.add(first);
        together.add(second);

        LongestGaps inTurn = LongestGaps.NONE.plus(first).plus(second);
        assertThat(LongestGaps.NONE.plus(together).weights()).isEqualTo(inTurn.weights());
        assertThat(inTurn.gaps()).isEqualTo(8);
        assertThat(inTurn.studies()).isEqualTo(1);
        assertThat(inTurn.weights()[LongestGaps.bucket(5_000)]).isEqualTo(1);
        assertThat(inTurn.weights()[LongestGaps.bucket(700)]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 0", "11, 1", "20, 4", "21, 5", "40, 8", "10000000, 63"})
    void aGapIsInTheBucketThatReachesIt(long millis, int bucket) {
        assertThat(LongestGaps.bucket(millis)).isEqualTo(bucket);
    }

    @Test
    void aBucketReachesItsGaps() {
        for (long millis = 1; millis < 500_000; millis += 1 + millis / 50) {
            int bucket = LongestGaps.bucket(millis);
            assertThat(millis).isLessThanOrEqualTo(LongestGaps.upperMillis(bucket));
            if (bucket > 0) {
                assertThat(millis).isGreaterThanOrEqualTo(LongestGaps.upperMillis(bucket - 1));
            }
        }
    }

    @Test
    void whatNobodyWroteIsNoSketch() {
        assertThatThrownBy(() -> LongestGaps.of(1, 1, new double[3])).isInstanceOf(IllegalArgumentException.class);
        double[] negative = new double[LongestGaps.BUCKETS];
        negative[7] = -1;
        assertThatThrownBy(() -> LongestGaps.of(1, 1, negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuietRule(Duration.ofSeconds(2), Duration.ofSeconds(1), 2, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
