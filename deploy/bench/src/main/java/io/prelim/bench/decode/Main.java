package io.prelim.bench.decode;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** {@code deploy/bench/decode}. Exit code 1 when a sample was not what it had been, which voids the run; 2 for a wrong call. */
public final class Main {
    private final Plan plan;
    private final PrintStream csv;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final List<Row> rows = new ArrayList<>();

    private Main(Plan plan, PrintStream csv) {
        this.plan = plan;
        this.csv = csv;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.printf(Plan.HELP, Format.labels());
            return;
        }
        Plan plan;
        try {
            plan = Plan.parse(given);
        } catch (IllegalArgumentException e) {
            System.err.println("deploy/bench/decode: " + e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        Path folder = Files.createTempDirectory("prelim-bench-decode");
        boolean exact;
        try (PrintStream csv = plan.csv() == null
                ? null
                : new PrintStream(Files.newOutputStream(plan.csv()), true, StandardCharsets.UTF_8)) {
            exact = new Main(plan, csv).measure(folder);
        } finally {
            delete(folder);
        }
        System.exit(exact ? 0 : 1);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** @return whether all that was decoded without loss was as it had been */
    private boolean measure(Path folder) throws IOException, InterruptedException {
        List<Subject> subjects = subjects(folder);
        for (Subject subject : subjects) {
            if (!subject.exact()) {
                System.err.println(subject.name() + ": samples are not what they were");
                return false;
            }
            subject.warmUp(plan.warmUp());
        }
        row(Row.CSV_HEADER);
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Subject subject : subjects) {
                for (Row row : subject.round(round, cores, plan.seconds())) {
                    rows.add(row);
                    row(row.csv());
                }
            }
        }
        subjects.forEach(subject -> summarise(subject.name()));
        return true;
    }

    private List<Subject> subjects(Path folder) throws IOException, InterruptedException {
        List<Subject> subjects = new ArrayList<>();
        for (Format format : plan.formats()) {
            String missing = Stream.of(format.encoder(), format.decoder(), format.copier())
                    .filter(command -> command != null && !Program.installed(command))
                    .findFirst()
                    .orElse(null);
            if (missing != null) {
                System.err.println(format.label() + " left out: apt-get install " + Program.packageOf(missing));
                continue;
            }
            for (int bits : format.bits()) {
                subjects.add(new Subject(format, new Picture(plan.side(), plan.frames(), bits), folder));
            }
        }
        return subjects;
    }

    private void row(String text) {
        System.out.println(text);
        if (csv != null) {
            csv.println(text);
        }
    }

    private void summarise(String subject) {
        double ours = median(subject, "prelim-1", Row::cpuPerMegabyte);
        System.out.printf(
                Locale.ROOT,
                "%-18s %8.1f MB a CPU second; %8.1f MB/s on one thread, %8.1f on %d",
                subject,
                1 / ours,
                median(subject, "prelim-1", Row::megabytesPerSecond),
                median(subject, "prelim-" + cores, Row::megabytesPerSecond),
                cores);
        double whole = median(subject, Row.DECODER, Row::cpuPerMegabyte);
        if (Double.isNaN(whole)) {
            System.out.println();
            return;
        }
        double net = whole - median(subject, Row.COPIER, Row::cpuPerMegabyte);
        System.out.printf(Locale.ROOT, "; theirs net %8.1f MB a CPU second, ratio %.2f%n", 1 / net, net / ours);
    }

    /**
     * Of the runs of a subject; not a number where there is none.
     *
     * @param who a name, or a role with its colon
     */
    private double median(String subject, String who, ToDoubleFunction<Row> figure) {
        List<Double> figures = rows.stream()
                .filter(row -> row.subject().equals(subject)
                        && (who.endsWith(":")
                                ? row.who().startsWith(who)
                                : row.who().equals(who)))
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return figures.isEmpty() ? Double.NaN : figures.get(figures.size() / 2);
    }
}
