package io.prelim.bench.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.bench.load.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void aRowIsOfItsStudies() {
        double[] millis =
                IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();

        Row row = Row.of("path", 2, "relay", "saturated", 4, 0.5, millis);

        assertThat(row.rate()).isEqualTo(25);
        assertThat(row.csv()).isEqualTo("path,2,relay,saturated,100,4.000,25.0,5.000,51.00,100.00,100.00");
    }

    @Test
    void ratiosAreOfMediansOverTheRounds() {
        List<Row> rows = new ArrayList<>();
        for (double seconds : new double[] {1, 2, 100}) {
            rows.add(row("path", "relay", "saturated", seconds, 1));
            rows.add(row("path", "prelim-events", "saturated", 2 * seconds, 1));
            rows.add(row("path", "prelim", "saturated", 4 * seconds, 1));
            rows.add(row("path", "relay", "at 500/s", 1, 10 * seconds));
            rows.add(row("path", "prelim-events", "at 500/s", 1, 15 * seconds));
            rows.add(row("path", "prelim", "at 500/s", 1, 30 * seconds));
        }

        String text = new Summary(Plan.parse(List.of("--runs", "path")), rows).text();

        assertThat(text.lines())
                .containsExactly(
                        "path: prelim-events takes 0.50 of the relay's saturated rate (25/s of 50/s);"
                                + " at 500/s its p99 is 1.50 of the relay's (30.0 ms, 20.0 ms)",
                        "path: prelim takes 0.25 of the relay's saturated rate (13/s of 50/s);"
                                + " at 500/s its p99 is 3.00 of the relay's (60.0 ms, 20.0 ms)");
    }

    @Test
    void backlogAndScaleAreSetBesideWhatTheyAreWithout() {
        List<Row> rows = List.of(
                row("backlog", "stat", "idle", 1, 30),
                row("backlog", "stat", "backlog being planned", 1, 60),
                row("backlog", "stat", "beside the backlog", 1, 45),
                row("backlog", "routine", "backlog", 1, 50_000),
                row("scale", "first model", "1 worker", 2, 1),
                row("scale", "first model", "2 workers", 1, 1),
                row("scale", "second model", "alone", 2, 1),
                row("scale", "second model", "beside the first", 2, 1));

        String text = new Summary(Plan.parse(List.of("--runs", "backlog,scale")), rows).text();

        assertThat(text.lines())
                .containsExactly(
                        "backlog, simulated device of 20 ms: stat p99 beside it is 1.50 of idle (45.0 ms, 30.0 ms),"
                                + " 2.00 while it is planned; the oldest routine study waited 50.0 s of 120 s",
                        "scale, simulated device of 20 ms: 2 workers take 2.00 of 1;"
                                + " a second model takes 1.00 of alone beside the loaded first");
    }

    private static Row row(String run, String who, String part, double seconds, double late) {
        return new Row(run, 1, who, part, 100, seconds, 1, late, late, late);
    }
}
