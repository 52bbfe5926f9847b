package io.prelim.bench.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.prelim.bench.decode.Program.Cost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void everyFormatFiveRoundsUnlessSaidOtherwise() {
        assertThat(Plan.parse(List.of())).isEqualTo(new Plan(List.of(Format.values()), 2048, 4, 5, 3, 10, null));
    }

    @Test
    void formatsAreNamedAsTheyArePrinted() {
        Plan plan = Plan.parse(List.of("--formats", "rle,jpeg-2000", "--rounds", "1", "--csv", "rows.csv"));

        assertThat(plan.formats()).containsExactly(Format.RLE, Format.JPEG_2000);
        assertThat(plan.rounds()).isEqualTo(1);
        assertThat(plan.csv()).isEqualTo(Path.of("rows.csv"));
    }

    @Test
    void wrongCallsAreRefused() {
        for (List<String> call : List.of(
                List.of("--formats", "gif"),
                List.of("--rounds", "0"),
                List.of("--side", "8193"),
                List.of("--rounds"),
                List.of("--colour", "1"))) {
            assertThatThrownBy(() -> Plan.parse(call)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void cpuIsOfUserAndSystem() {
        Cost cost = Program.cost("1.250 0.500 0.125");

        assertThat(cost.wall()).isEqualTo(1.25);
        assertThat(cost.cpu()).isEqualTo(0.625);
    }

    @Test
    void figuresAreOfDecodedSamples() {
        Row row = new Row(1, "rle", 12, "prelim-1", 3, 24e6, new Cost(2, 0.5));

        assertThat(row.megabytesPerSecond()).isCloseTo(12, within(1e-9));
        assertThat(row.cpuPerMegabyte()).isCloseTo(0.5 / 24, within(1e-9));
        assertThat(row.csv()).isEqualTo("1,rle,12,prelim-1,3,24.0,2.000,0.500,12.0,48.0");
    }
}
