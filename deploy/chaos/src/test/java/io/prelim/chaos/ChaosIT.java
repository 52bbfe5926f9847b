package io.prelim.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prelim.chaos.check.Invariant;
import io.prelim.chaos.check.Violation;
import io.prelim.chaos.plant.Plant;
import io.prelim.chaos.site.Ground;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short seeded run against real processes, and a planted bug that it finds. */
@Tag("full")
class ChaosIT {
    private static final Path ROOT =
            Path.of(System.getProperty("prelim.root", "../..")).toAbsolutePath().normalize();
    private static final int LEAST_KILLS = 20;
    /** Rounds end a run; on a busy machine they take longer. */
    private static final Duration LONGEST = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLostWhateverDies() throws Exception {
        try (Ground ground = Ground.prepare(ROOT, folder)) {
            Verdict verdict = new Run(Options.of(LONGEST, 20_260).withRounds(11), System.out).run(ground);

            Summary.print(verdict, System.out);
            assertThat(verdict.violations()).isEmpty();
            assertThat(verdict.kills()).isGreaterThanOrEqualTo(LEAST_KILLS);
            assertThat(verdict.evidence().sent()).hasSizeGreaterThan(100);
            assumeTrue(ground.canCutPower(), "power is not cut: " + ground.powerCuts());
            assertThat(verdict.happened("power cut")).isEqualTo(2);
        }
    }

    @Test
    void syncThatIsSkippedIsFoundByAPowerCut() throws Exception {
        Options options = Options.of(LONGEST, 7).withRounds(10).with(Plant.SKIP_SYNC, List.of("power cut"));
        try (Ground ground = Ground.prepare(ROOT, folder)) {
            assumeTrue(ground.canCutPower(), "power is not cut: " + ground.powerCuts());

            Verdict verdict = new Run(options, System.out).run(ground);

            assertThat(verdict.violations()).extracting(Violation::invariant).contains(Invariant.STORED_ONCE);
        }
    }
}
