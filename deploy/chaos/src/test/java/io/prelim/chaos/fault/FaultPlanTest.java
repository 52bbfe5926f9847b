package io.prelim.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.chaos.agent.CrashPoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final int ROUNDS = 200;

    private static List<Round> rounds(long seed, boolean volume) {
        FaultPlan plan = new FaultPlan(seed, volume, volume);
        return IntStream.range(0, ROUNDS).mapToObj(plan::round).toList();
    }

    @Test
    void equalSeedsGiveEqualRounds() {
        assertThat(rounds(5, true)).isEqualTo(rounds(5, true)).isNotEqualTo(rounds(6, true));
    }

    @Test
    void faultsOfARoundTakeDownDifferentProcesses() {
        for (Round round : rounds(5, true)) {
            List<Target> targets = round.faults().stream()
                    .flatMap(fault -> fault.targets().stream())
                    .toList();
            assertThat(targets).as("round %s", round).doesNotHaveDuplicates();
        }
    }

    @Test
    void everyFaultAndCrashPointComes() {
        Set<String> labels = rounds(5, true).stream()
                .flatMap(round -> round.faults().stream())
                .map(Fault::label)
                .collect(Collectors.toSet());

        for (CrashPoint point : CrashPoint.values()) {
            assertThat(labels).contains(point.label());
        }
        for (Target target : Target.values()) {
            assertThat(labels).contains("kill " + target.label());
        }
        assertThat(labels).contains("power cut", "disk full", "broker log wiped", "poison record", "clock step");
    }

    @Test
    void withoutAVolumeNothingNeedsOne() {
        assertThat(rounds(5, false))
                .allSatisfy(round -> assertThat(round.faults())
                        .isNotEmpty()
                        .noneMatch(fault -> fault instanceof Fault.PowerCut || fault instanceof Fault.FillDisk));
    }

    @Test
    void aClockThatCannotBeSetChangesNothingElse() {
        FaultPlan without = new FaultPlan(5, true, false);
        for (Round round : rounds(5, true)) {
            assertThat(without.round(round.number()).faults())
                    .containsExactlyElementsOf(round.faults().stream()
                            .filter(fault -> !(fault instanceof Fault.ClockStep))
                            .toList());
        }
    }

    @Test
    void cutOfPowerIsAlone() {
        assertThat(rounds(5, true))
                .filteredOn(round -> round.faults().stream().anyMatch(Fault.PowerCut.class::isInstance))
                .hasSize(ROUNDS / 5)
                .allSatisfy(round -> assertThat(round.faults()).hasSize(1));
    }
}
