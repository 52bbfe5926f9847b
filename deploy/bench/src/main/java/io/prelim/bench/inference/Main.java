package io.prelim.bench.inference;

import io.prelim.bench.process.ProcessFigures;
import io.prelim.inference.evidence.EvidencePart;
import io.prelim.inference.evidence.EvidenceStore;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.SessionPool;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** {@code deploy/bench/inference}. Exit code 2 for a wrong call. */
public final class Main {
    private static final Path SHIPPED = Path.of(System.getProperty("prelim.root", "."))
            .resolve("inference-service/models/chest-pneumonia-paediatric/package");

    private static final String BARE = "bare";
    private static final String ONE_BY_ONE = "prelim";
    private static final String AHEAD = "prelim-ahead";

    private final Plan plan;
    private final List<Row> rows = new ArrayList<>();
    private final ExecutorService threads;
    private final AtomicInteger maps = new AtomicInteger();
    private final AtomicLong mapBytes = new AtomicLong();

    private Main(Plan plan) {
        this.plan = plan;
        this.threads = Executors.newFixedThreadPool(plan.threads() + 1);
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.print(Plan.HELP);
            return;
        }
        Plan plan;
        try {
            plan = Plan.parse(given, SHIPPED);
        } catch (IllegalArgumentException e) {
            System.err.println("deploy/bench/inference: " + e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        Main main = new Main(plan);
        try {
            main.measure();
        } finally {
            main.threads.shutdownNow();
        }
    }

    private void measure() throws Exception {
        ModelPackage model = PackageReader.read(plan.model());
        Radiographs radiographs = new Radiographs(model, plan.side());
        Optional<EvidenceStore> store = plan.evidence() ? Optional.of(this::count) : Optional.empty();
        List<Subject> bare = new ArrayList<>();
        List<ModelSession> sessions = new ArrayList<>();
        try {
            List<Subject> prelim = new ArrayList<>();
            for (int i = 0; i < plan.threads(); i++) {
                bare.add(new BareLoop(model, radiographs));
                ModelSession session = ModelSession.open(model);
                sessions.add(session);
                prelim.add(new Worker(model, session::run, radiographs, store));
            }
            SessionPool pool = new SessionPool(sessions);
            List<Subject> ahead = Stream.<Subject>generate(() -> new Worker(model, pool::run, radiographs, store))
                    .limit(plan.threads() + 1L)
                    .toList();
            Map<String, List<Subject>> subjects = new LinkedHashMap<>();
            subjects.put(BARE, bare);
            subjects.put(ONE_BY_ONE, prelim);
            subjects.put(AHEAD, ahead);
            for (List<Subject> each : subjects.values()) {
                run(each, plan.warmUp());
            }
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Map.Entry<String, List<Subject>> each : subjects.entrySet()) {
                    rows.add(measure(round, each.getKey(), each.getValue()));
                }
            }
        } finally {
            for (Subject subject : bare) {
                subject.close();
            }
            sessions.forEach(ModelSession::close);
        }
        write(System.out);
        if (plan.csv() != null) {
            try (PrintStream csv = new PrintStream(Files.newOutputStream(plan.csv()), true, StandardCharsets.UTF_8)) {
                write(csv);
            }
        }
        summarise();
        summariseMaps();
    }

    private boolean count(EvidencePart part, Instant deadline) {
        maps.incrementAndGet();
        mapBytes.addAndGet(part.bytes().length);
        return true;
    }

    private Row measure(int round, String who, List<Subject> subjects) throws Exception {
        ProcessFigures before = ProcessFigures.of(ProcessHandle.current());
        long start = System.nanoTime();
        double[] millis = run(subjects, plan.studies());
        double wall = (System.nanoTime() - start) / 1e6;
        ProcessFigures after = ProcessFigures.of(ProcessHandle.current());
        return new Row(
                round,
                who,
                millis.length,
                1e3 * (after.cpuSeconds() - before.cpuSeconds()) / millis.length,
                wall / millis.length,
                millis[millis.length / 2],
                millis[(int) (millis.length * 0.99)],
                after.peakBytes());
    }

    /** @return how long each study took, in ascending order, in milliseconds */
    private double[] run(List<Subject> subjects, int studies) throws Exception {
        double[] millis = new double[plan.threads() * studies];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (Subject subject : subjects) {
            running.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < millis.length; i = next.getAndIncrement()) {
                    long start = System.nanoTime();
                    subject.study(i);
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        Arrays.sort(millis);
        return millis;
    }

    private void write(PrintStream out) {
        out.println(Row.CSV_HEADER);
        rows.forEach(row -> out.println(row.csv()));
    }

    private void summarise() {
        for (String who : List.of(ONE_BY_ONE, AHEAD)) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: CPU beside the run %.2f ms a study; throughput %.3f of the bare loop's; p50 %.2f and p99 %.2f ms beside %.2f and %.2f%n",
                    who,
                    median(who, Row::cpuMillis) - median(BARE, Row::cpuMillis),
                    median(BARE, Row::wallMillis) / median(who, Row::wallMillis),
                    median(who, Row::p50),
                    median(who, Row::p99),
                    median(BARE, Row::p50),
                    median(BARE, Row::p99));
        }
    }

    private void summariseMaps() {
        if (maps.get() > 0) {
            System.out.printf(Locale.ROOT, "%d maps, %d bytes each%n", maps.get(), mapBytes.get() / maps.get());
        }
    }

    private double median(String who, ToDoubleFunction<Row> figure) {
        double[] figures = rows.stream()
                .filter(row -> row.who().equals(who))
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return figures[figures.length / 2];
    }
}
