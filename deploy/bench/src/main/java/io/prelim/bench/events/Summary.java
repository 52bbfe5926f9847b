package io.prelim.bench.events;

import io.prelim.bench.load.Row;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The ratios that are aimed at, of medians over the rounds. */
record Summary(Plan plan, List<Row> rows) {
    String text() {
        StringBuilder text = new StringBuilder();
        for (Plan.Kind kind : plan.runs()) {
            text.append(
                    switch (kind) {
                        case PATH -> path("prelim-events") + path("prelim");
                        case BACKLOG -> backlog();
                        case SCALE -> scale();
                    });
        }
        return text.toString();
    }

    private String path(String who) {
        String paced = "at " + plan.rate() + "/s";
        return String.format(
                Locale.ROOT,
                "path: %s takes %.2f of the relay's saturated rate (%.0f/s of %.0f/s); %s its p99 is %.2f of the relay's (%.1f ms, %.1f ms)%n",
                who,
                ratio("path", who, "saturated", "relay", "saturated", Row::rate),
                median("path", who, "saturated", Row::rate),
                median("path", "relay", "saturated", Row::rate),
                paced,
                ratio("path", who, paced, "relay", paced, Row::p99),
                median("path", who, paced, Row::p99),
                median("path", "relay", paced, Row::p99));
    }

    private String backlog() {
        String run = BacklogRun.RUN;
        return String.format(
                Locale.ROOT,
                "backlog, simulated device of %d ms: stat p99 beside it is %.2f of idle (%.1f ms, %.1f ms), %.2f while it is planned;"
                        + " the oldest routine study waited %.1f s of %d s%n",
                plan.deviceMillis(),
                ratio(run, "stat", "beside the backlog", "stat", "idle", Row::p99),
                median(run, "stat", "beside the backlog", Row::p99),
                median(run, "stat", "idle", Row::p99),
                ratio(run, "stat", "backlog being planned", "stat", "idle", Row::p99),
                median(run, "routine", "backlog", Row::most) / 1e3,
                Rooms.ROUTINE_MAX_AGE.toSeconds());
    }

    private String scale() {
        String run = ScaleRun.RUN;
        return String.format(
                Locale.ROOT,
                "scale, simulated device of %d ms: 2 workers take %.2f of 1; a second model takes %.2f of alone beside the loaded first%n",
                plan.deviceMillis(),
                ratio(run, "first model", "2 workers", "first model", "1 worker", Row::rate),
                ratio(run, "second model", "beside the first", "second model", "alone", Row::rate));
    }

    private double ratio(
            String run, String who, String part, String toWho, String toPart, ToDoubleFunction<Row> figure) {
        return median(run, who, part, figure) / median(run, toWho, toPart, figure);
    }

    private double median(String run, String who, String part, ToDoubleFunction<Row> figure) {
        double[] figures = rows.stream()
                .filter(row -> row.run().equals(run)
                        && row.who().equals(who)
                        && row.part().equals(part))
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return figures[figures.length / 2];
    }
}
