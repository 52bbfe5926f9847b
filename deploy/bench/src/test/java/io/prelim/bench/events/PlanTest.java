package io.prelim.bench.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void everyRunUnlessSaidOtherwise() {
        assertThat(Plan.parse(List.of())).isEqualTo(Plan.DEFAULT);
        assertThat(Plan.DEFAULT.runs()).containsExactly(Plan.Kind.values());
    }

    @Test
    void eachOptionChangesWhatItNames() {
        Plan plan = Plan.parse(List.of(
                "--runs", "scale,path",
                "--rounds", "1",
                "--studies", "2",
                "--warm-up", "3",
                "--rate", "4",
                "--seconds", "5",
                "--backlog", "6",
                "--stat-rate", "7",
                "--stat", "8",
                "--device-ms", "9",
                "--device-threads", "10",
                "--jobs", "11",
                "--csv", "rows.csv"));

        assertThat(plan)
                .isEqualTo(new Plan(
                        List.of(Plan.Kind.SCALE, Plan.Kind.PATH),
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        8,
                        9,
                        10,
                        11,
                        Path.of("rows.csv")));
    }

    @Test
    void wrongCallsAreRefused() {
        for (List<String> call : List.of(
                List.of("--runs", "gallop"),
                List.of("--rounds", "0"),
                List.of("--rate", "fast"),
                List.of("--rounds"),
                List.of("--colour", "1"))) {
            assertThatThrownBy(() -> Plan.parse(call)).as("%s", call).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
