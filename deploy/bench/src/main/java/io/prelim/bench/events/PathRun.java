package io.prelim.bench.events;

import io.prelim.bench.load.Batch;
import io.prelim.bench.load.Load;
import io.prelim.bench.load.Outcomes;
import io.prelim.bench.load.Row;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.CloudEvent;
import io.prelim.events.Event;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.Ports;
import io.prelim.local.stack.Secrets;
import io.prelim.local.stack.Stack;
import io.prelim.local.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The event path beside a relay of as many topics: how much it takes when it is full, and how late it is at a fixed rate. */
final class PathRun implements AutoCloseable {
    private static final int PARTITIONS = 3;
    /** As many as the service has on a machine of two processors. */
    private static final int THREADS = 2;

    private final Bench bench;
    private final Load load;
    private final Deployment model;
    private final List<Subject> subjects = new ArrayList<>();

    private PathRun(Bench bench) throws Exception {
        this.bench = bench;
        load = new Load(bench.bootstrap());
        model = bench.model("path");
    }

    static void run(Bench bench) throws Exception {
        try (PathRun run = new PathRun(bench)) {
            run.start();
            run.measure();
        }
    }

    private void start() throws Exception {
        String relay = topics("relay.");
        new TopicCreation(Map.of("bootstrap.servers", bench.bootstrap()), PARTITIONS)
                .ensure(List.of(relay + Relay.MIDDLE));
        Child child = relay(relay);
        subjects.add(subject("relay", relay, child.handle(), child));
        String rooms = topics("events.");
        child = bench.rooms(rooms, model, PARTITIONS, true, THREADS, 0);
        subjects.add(subject("prelim-events", rooms, child.handle(), child));
        String packaged = topics("prelim.");
        subjects.add(packaged(packaged));
    }

    private void measure() throws Exception {
        for (Subject subject : subjects) {
            Batch batch = new Batch();
            load.preload(subject.input(), bench.plan().warmUp(), this::study, subject.outcomes, batch);
            batch.await(Bench.LIMIT);
            Bench.say("path: " + subject.who + " is warm");
        }
        for (int round = 1; round <= bench.plan().rounds(); round++) {
            for (Subject subject : subjects) {
                bench.add(saturated(round, subject));
            }
            for (Subject subject : subjects) {
                bench.add(paced(round, subject));
            }
        }
    }

    /** The subject is stopped until everything is with the broker. */
    private Row saturated(int round, Subject subject) throws Exception {
        Batch batch = new Batch();
        Child.signal(subject.process, "STOP");
        long start;
        double cpu = Child.cpu(subject.process);
        try {
            load.preload(subject.input(), bench.plan().studies(), this::study, subject.outcomes, batch);
        } finally {
            start = System.nanoTime();
            Child.signal(subject.process, "CONT");
        }
        double seconds = (batch.await(Bench.LIMIT) - start) / 1e9;
        return Row.of(
                "path", round, subject.who, "saturated", seconds, Child.cpu(subject.process) - cpu, batch.millis());
    }

    private Row paced(int round, Subject subject) throws Exception {
        Batch batch = new Batch();
        int rate = bench.plan().rate();
        double cpu = Child.cpu(subject.process);
        long start = System.nanoTime();
        load.paced(
                subject.input(),
                rate,
                rate * bench.plan().seconds(),
                this::study,
                subject.outcomes,
                batch,
                () -> false);
        double seconds = (batch.await(Bench.LIMIT) - start) / 1e9;
        return Row.of(
                "path",
                round,
                subject.who,
                "at " + rate + "/s",
                seconds,
                Child.cpu(subject.process) - cpu,
                batch.millis());
    }

    private StudyReceived study(int index) {
        return bench.studies().study(index, Priority.ROUTINE);
    }

    private Child relay(String prefix) throws Exception {
        AnalysisRequested job =
                Bench.planner(model).plan(study(0), Instant.now()).jobs().get(0);
        StudyAnalyzed outcome = new Analysis(
                        model.modelPackage(),
                        new SimulatedDevice(Duration.ZERO),
                        bench.studies().parts(),
                        InstantSource.system())
                .analyze(job, Duration.ZERO);
        return Child.start(
                Relay.class,
                bench.directory().resolve("relay.log"),
                List.of(
                        "--bootstrap",
                        bench.bootstrap(),
                        "--prefix",
                        prefix,
                        "--job-bytes",
                        Integer.toString(bytes(job)),
                        "--outcome-bytes",
                        Integer.toString(bytes(outcome))));
    }

    private static int bytes(Event event) {
        return CloudEvent.of(UUID.randomUUID(), "bench", Instant.now(), event).value().length;
    }

    /** inference-service as it is packaged, planner and worker in one. */
    private Subject packaged(String prefix) throws Exception {
        Path directory = bench.directory().resolve("packaged");
        Files.createDirectories(directory);
        Secrets secrets = Secrets.open(directory.resolve("secrets.properties"));
        PartsServer parts = new PartsServer(bench.studies().parts(), secrets.get("parts-inference"));
        Stack stack = new Stack(new StackSettings(
                        bench.root(),
                        directory,
                        Ports.free(),
                        new Backing(bench.bootstrap(), prefix, null, null),
                        secrets,
                        Duration.ofSeconds(1))
                .withJvm(Child.JVM)
                .with(Part.INFERENCE, "prelim.parts.url", parts.url().toString())
                .with(
                        Part.INFERENCE,
                        "prelim.inference.packages",
                        bench.directory().resolve("models/path").toString())
                .with(Part.INFERENCE, "prelim.inference.threads", Integer.toString(THREADS)));
        try {
            stack.start(Part.INFERENCE);
        } catch (IOException | InterruptedException | RuntimeException e) {
            stack.close();
            parts.close();
            throw e;
        }
        return subject("prelim", prefix, stack.process(Part.INFERENCE).orElseThrow(), () -> {
            stack.close();
            parts.close();
        });
    }

    private String topics(String prefix) throws IOException, InterruptedException {
        new Backing(bench.bootstrap(), prefix, null, null).createTopics();
        return prefix;
    }

    private Subject subject(String who, String prefix, ProcessHandle process, AutoCloseable ending) {
        return new Subject(
                who, prefix, process, new Outcomes(bench.bootstrap(), prefix + Topics.STUDY_ANALYZED), ending);
    }

    @Override
    public void close() throws Exception {
        for (Subject subject : subjects) {
            subject.outcomes.close();
            subject.ending.close();
        }
        load.close();
    }

    private record Subject(String who, String prefix, ProcessHandle process, Outcomes outcomes, AutoCloseable ending) {
        String input() {
            return prefix + Topics.STUDY_RECEIVED;
        }
    }
}
