package io.prelim.bench.drafting;

import io.prelim.bench.load.Batch;
import io.prelim.bench.load.Load;
import io.prelim.bench.load.Outcomes;
import io.prelim.bench.load.Row;
import io.prelim.bench.process.ProcessFigures;
import io.prelim.events.Ids;
import io.prelim.events.Topics;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Folders;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.Ports;
import io.prelim.local.stack.Secrets;
import io.prelim.local.stack.Stack;
import io.prelim.local.stack.StackSettings;
import io.prelim.testkit.host.Database;
import io.prelim.testkit.host.HostProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** {@code deploy/bench/drafting}. Exit code 2 for a wrong call. */
public final class Main {
    private static final Path ROOT =
            Path.of(System.getProperty("prelim.root", ".")).toAbsolutePath().normalize();
    private static final String PREFIX = "drafting.";
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Plan plan;
    private final Load load;
    private final Outcomes changes;
    private final Stack stack;
    private final List<Row> rows = new ArrayList<>();

    private Main(Plan plan, String bootstrap, Stack stack) {
        this.plan = plan;
        this.stack = stack;
        load = new Load(bootstrap);
        changes = new Outcomes(
                bootstrap,
                PREFIX + Topics.REPORT_CHANGED,
                study -> Ids.report(UUID.fromString(study)).toString());
    }

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
            System.err.println("deploy/bench/drafting: " + e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        Path directory =
                Files.createTempDirectory(Files.createDirectories(ROOT.resolve("deploy/bench/target")), "drafting-");
        try (HostProcess host = HostProcess.start(
                directory.resolve("host"), 0, 0, true, ProcessHandle.current().pid())) {
            Secrets secrets = Secrets.open(directory.resolve("secrets.properties"));
            Database database = Database.create(host.postgresPort(), "prelim_report", secrets.get("report"));
            Backing backing = new Backing(host.bootstrapServers(), PREFIX, database, database);
            backing.createTopics();
            try (Stack stack =
                    new Stack(new StackSettings(ROOT, directory, Ports.free(), backing, secrets, Duration.ofSeconds(1))
                            .withJvm(List.of("-Xmx512m", "-XX:+UseSerialGC")))) {
                stack.start(Part.REPORT);
                new Main(plan, host.bootstrapServers(), stack).measure(database);
            }
        }
        // kept when a run broke: its logs say why
        Folders.delete(directory);
    }

    private void measure(Database database) throws Exception {
        System.err.println(Row.CSV_HEADER);
        try (load;
                changes) {
            draft("warm", plan.warmUp(), 0);
            draft("0 stored", plan.studies(), 0);
            draft("0 stored", plan.studies(), plan.rate());
            StoredReports.write(database, plan.stored());
            draft(plan.stored() + " stored", plan.studies(), 0);
            draft(plan.stored() + " stored", plan.studies(), plan.rate());
            for (Row row : new Searches(stack.url(Part.REPORT)).measure(plan.stored(), plan.requests())) {
                add(row);
            }
        }
        write(System.out);
        if (plan.csv() != null) {
            try (PrintStream csv = new PrintStream(Files.newOutputStream(plan.csv()), true, StandardCharsets.UTF_8)) {
                write(csv);
            }
        }
    }

    /** @param rate outcomes a second; 0 for as fast as it goes */
    private void draft(String part, int count, int rate) throws Exception {
        Studies studies = new Studies(part + rate);
        // whoever, then the images, then the plan, which makes the first version
        load.send(PREFIX + Topics.PATIENT_CONTEXT, count, studies::context);
        load.send(PREFIX + Topics.STUDY_RECEIVED, count, studies::received);
        Batch first = new Batch();
        load.preload(PREFIX + Topics.ANALYSIS_PLANNED, count, studies::planned, changes, first);
        first.await(LIMIT);
        // a context that comes after the plan makes a version of its own
        changes.awaitQuiet(QUIET);
        Batch batch = new Batch();
        ProcessHandle service = stack.process(Part.REPORT).orElseThrow();
        double cpu = ProcessFigures.of(service).cpuSeconds();
        long start = System.nanoTime();
        String topic = PREFIX + Topics.STUDY_ANALYZED;
        if (rate == 0) {
            load.preload(topic, count, studies::analyzed, changes, batch);
        } else {
            load.paced(topic, rate, count, studies::analyzed, changes, batch, () -> false);
        }
        double seconds = (batch.await(LIMIT) - start) / 1e9;
        add(Row.of(
                "drafting",
                1,
                rate == 0 ? "as fast as it goes" : "at " + rate + "/s",
                part,
                seconds,
                ProcessFigures.of(service).cpuSeconds() - cpu,
                batch.millis()));
    }

    private void add(Row row) {
        rows.add(row);
        System.err.println(row.csv());
    }

    private void write(PrintStream out) {
        out.println(Row.CSV_HEADER);
        rows.forEach(row -> out.println(row.csv()));
    }
}
