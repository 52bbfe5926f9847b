package io.prelim.bench.cstore;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code deploy/bench/cstore}. Exit code 1 when an acknowledged object was lost, which voids the run; 2 for a wrong call. */
public final class Main {
    private record Setting(int objectBytes, int associations) {}

    /** A receiver by one of its doors. */
    private record Entry(String receiver, Door door) {
        @Override
        public String toString() {
            return door == Door.CSTORE ? receiver : receiver + " stow";
        }
    }

    /** Pixels of the objects that only warm up. */
    private static final int SMALL_BYTES = 16 << 10;

    private final Map<String, Receiver.Factory> factories;
    private final Plan plan;
    private final PrintStream csv;
    private final List<Run> runs = new ArrayList<>();

    private Main(Map<String, Receiver.Factory> factories, Plan plan, PrintStream csv) {
        this.factories = factories;
        this.plan = plan;
        this.csv = csv;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, Receiver.Factory> factories = Receiver.factories(
                Path.of(System.getProperty("prelim.root", ".")).toAbsolutePath());
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.printf(Plan.HELP, String.join(", ", factories.keySet()));
            return;
        }
        Plan plan;
        try {
            plan = Plan.parse(given, factories.keySet());
        } catch (IllegalArgumentException e) {
            System.err.println("deploy/bench/cstore: " + e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        boolean lost;
        if (plan.csv() == null) {
            lost = new Main(factories, plan, null).measure();
        } else {
            try (PrintStream csv = new PrintStream(Files.newOutputStream(plan.csv()), true, StandardCharsets.UTF_8)) {
                lost = new Main(factories, plan, csv).measure();
            }
        }
        System.exit(lost ? 1 : 0);
    }

    /** @return whether any run lost what it had acknowledged */
    private boolean measure() throws IOException, InterruptedException {
        row(Run.CSV_HEADER);
        for (int size : plan.objectBytes()) {
            for (int associations : plan.associations()) {
                measure(new Setting(size, associations));
            }
        }
        summarise();
        return runs.stream().anyMatch(run -> run.lost() > 0);
    }

    private void measure(Setting setting) throws IOException, InterruptedException {
        int objects = plan.objects(setting.objectBytes(), setting.associations());
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Entry entry : entries()) {
                Workload workload = new Workload(System.nanoTime() >>> 1, setting.objectBytes());
                Sent small = new Sent(new Workload(System.nanoTime() >>> 1, SMALL_BYTES), plan.smallObjects());
                Run run = Run.of(
                        round,
                        entry.receiver(),
                        factories.get(entry.receiver()),
                        entry.door(),
                        workload,
                        setting.associations(),
                        plan.warmUpObjects(setting.objectBytes(), setting.associations()),
                        small,
                        objects);
                runs.add(run);
                row(run.csv());
            }
        }
    }

    private List<Entry> entries() {
        return plan.doors().stream()
                .flatMap(door -> plan.receivers().stream()
                        .filter(name -> door == Door.CSTORE || name.startsWith("prelim") || name.equals("orthanc"))
                        .map(name -> new Entry(name, door)))
                .toList();
    }

    private void row(String text) {
        System.out.println(text);
        if (csv != null) {
            csv.println(text);
        }
    }

    private void summarise() {
        Map<Setting, Map<Entry, List<Run>>> settings = new LinkedHashMap<>();
        for (Run run : runs) {
            settings.computeIfAbsent(
                            new Setting(run.objectBytes(), run.associations()), setting -> new LinkedHashMap<>())
                    .computeIfAbsent(new Entry(run.receiver(), run.door()), entry -> new ArrayList<>())
                    .add(run);
        }
        settings.forEach((setting, receivers) -> {
            System.out.printf(
                    Locale.ROOT,
                    "%n%.1f MB, %d associations; medians, and Prelim's C-STORE in objects/s as a ratio to each%n",
                    setting.objectBytes() / 1e6,
                    setting.associations());
            Entry prelim = new Entry("prelim", Door.CSTORE);
            double ours = receivers.containsKey(prelim)
                    ? median(receivers.get(prelim)).objectsPerSecond()
                    : 0;
            receivers.forEach((name, of) -> {
                Run run = median(of);
                System.out.printf(
                        Locale.ROOT,
                        "  %-20s %8.1f objects/s %7.1f MB/s  cpu %6.3f ms/object  p50 %7.2f ms  p99 %7.2f ms  peak %4d MB  ratio %.2f%n",
                        name,
                        run.objectsPerSecond(),
                        run.megabytesPerSecond(),
                        run.cpuMillisPerObject(),
                        run.load().percentileMillis(0.5),
                        run.load().percentileMillis(0.99),
                        run.peakBytes() >> 20,
                        ours / run.objectsPerSecond());
            });
        });
    }

    private static Run median(List<Run> of) {
        List<Run> sorted = new ArrayList<>(of);
        sorted.sort(Comparator.comparingDouble(Run::objectsPerSecond));
        return sorted.get(sorted.size() / 2);
    }
}
