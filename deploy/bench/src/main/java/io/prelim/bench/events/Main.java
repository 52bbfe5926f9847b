package io.prelim.bench.events;

import io.prelim.bench.load.Row;
import io.prelim.local.stack.Folders;
import io.prelim.testkit.host.HostProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code deploy/bench/events}. Exit code 2 for a wrong call. */
public final class Main {
    private static final Path ROOT =
            Path.of(System.getProperty("prelim.root", ".")).toAbsolutePath().normalize();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.print(Plan.HELP);
            return;
        }
        Plan plan;
        try {
            plan = Plan.parse(given);
        } catch (IllegalArgumentException e) {
            System.err.println("deploy/bench/events: " + e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        measure(plan);
    }

    private static void measure(Plan plan) throws Exception {
        Path directory =
                Files.createTempDirectory(Files.createDirectories(ROOT.resolve("deploy/bench/target")), "events-");
        try (HostProcess host = HostProcess.start(
                directory.resolve("host"),
                0,
                HostProcess.NONE,
                false,
                ProcessHandle.current().pid())) {
            Bench bench = new Bench(plan, ROOT, directory, host.bootstrapServers());
            Bench.say(Row.CSV_HEADER);
            for (Plan.Kind kind : plan.runs()) {
                switch (kind) {
                    case PATH -> PathRun.run(bench);
                    case BACKLOG -> BacklogRun.run(bench);
                    case SCALE -> ScaleRun.run(bench);
                }
            }
            report(plan, bench.rows());
        }
        // kept when a run broke: its logs say why
        Folders.delete(directory);
    }

    private static void report(Plan plan, List<Row> rows) throws IOException {
        write(System.out, rows);
        if (plan.csv() != null) {
            try (PrintStream csv = new PrintStream(Files.newOutputStream(plan.csv()), true, StandardCharsets.UTF_8)) {
                write(csv, rows);
            }
        }
        System.out.print(new Summary(plan, rows).text());
    }

    private static void write(PrintStream out, List<Row> rows) {
        out.println(Row.CSV_HEADER);
        rows.forEach(row -> out.println(row.csv()));
    }
}
