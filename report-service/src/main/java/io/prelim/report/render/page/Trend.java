package io.prelim.report.render.page;

import io.prelim.events.Finding;
import io.prelim.report.draft.PlainText;
import io.prelim.report.render.Concepts;
import io.prelim.report.render.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One thing over the studies, for a table: a row.
 *
 * @param name  what, where, on which side
 * @param cells what each study had; empty where it had nothing of it
 * @param line  points of a polyline in a box of {@value #WIDTH} by {@value #HEIGHT}; empty with fewer than two studies that had it
 */
public record Trend(String name, List<String> cells, String line) {
    public static final int WIDTH = 96;
    public static final int HEIGHT = 24;

    private static final int MARGIN = 2;

    static Trend of(History history, History.Thing thing) {
        List<String> cells = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (History.Study study : history.studies()) {
            List<History.Point> points = points(thing, study.reportKey());
            cells.add(points.stream().map(Trend::cell).distinct().collect(Collectors.joining("; ")));
            values.add(points.stream().map(Trend::value).max(Double::compare).orElse(null));
        }
        return new Trend(Page.fit(name(thing)), List.copyOf(cells), line(values));
    }

    private static List<History.Point> points(History.Thing thing, UUID reportKey) {
        return thing.points().stream()
                .filter(point -> point.reportKey().equals(reportKey))
                .toList();
    }

    private static String name(History.Thing thing) {
        String what = thing.code() == null || thing.code().meaning() == null
                ? thing.name()
                : thing.code().meaning();
        String site = thing.site() == null || thing.site().meaning() == null
                ? ""
                : ", " + thing.site().meaning();
        String side = Concepts.side(thing.laterality()) == null
                ? ""
                : ", " + Concepts.side(thing.laterality()).meaning().toLowerCase(Locale.ROOT);
        return PlainText.of(what + site + side);
    }

    private static String cell(History.Point point) {
        if (point.measurements().isEmpty()) {
            return point.presence().name().toLowerCase(Locale.ROOT)
                    + String.format(Locale.ROOT, " %.2f", point.probability());
        }
        return point.measurements().stream()
                .map(measured -> Concepts.number(measured.value()).toPlainString() + " "
                        + Page.fit(PlainText.of(measured.unit())))
                .collect(Collectors.joining(", "));
    }

    private static double value(History.Point point) {
        List<Finding.Measurement> measured = point.measurements();
        return measured.isEmpty() ? point.probability() : measured.get(0).value();
    }

    /** A probability against 1, a measure against the largest of its own. */
    private static String line(List<Double> values) {
        double most = values.stream()
                .filter(value -> value != null)
                .mapToDouble(Math::abs)
                .reduce(1, Math::max);
        List<String> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                double x = MARGIN + (double) i * (WIDTH - 2 * MARGIN) / (values.size() - 1);
                double y = HEIGHT - MARGIN - Math.max(values.get(i), 0) / most * (HEIGHT - 2 * MARGIN);
                points.add(String.format(Locale.ROOT, "%.1f,%.1f", x, y));
            }
        }
        return points.size() < 2 ? "" : String.join(" ", points);
    }
}
