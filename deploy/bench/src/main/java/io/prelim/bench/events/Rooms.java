package io.prelim.bench.events;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.bench.options.Options;
import io.prelim.bench.study.MemoryParts;
import io.prelim.events.Topics;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.intake.ConsumerSettings;
import io.prelim.inference.intake.JobConsumer;
import io.prelim.inference.intake.StudyConsumer;
import io.prelim.inference.lane.LaneCredits;
import io.prelim.inference.lane.LaneQueue;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.publish.EventWriter;
import io.prelim.inference.publish.OutcomePublisher;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.PlanPublisher;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A child process made of the rooms of inference-service, put together as {@code start} does by its defaults, but for two things: parts are
 * in memory, and models run on a {@link SimulatedDevice}.
 */
final class Rooms {
    /** By default {@code prelim.inference.lanes.routine-max-age}. */
    static final Duration ROUTINE_MAX_AGE = Duration.ofMinutes(2);

    private static final int LANE_CAPACITY = 64;
    private static final int STAT_CREDITS = 8;
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final InstantSource clock = InstantSource.system();
    private final InferenceMetrics metrics = new InferenceMetrics(new SimpleMeterRegistry());
    private final Deployment deployment;
    private final TopicNames topics;
    private final TopicCreation creation;
    private final ConsumerSettings consumers;
    private final EventWriter writer;
    private final Parking parking;

    private Rooms(String bootstrap, String prefix, Deployment deployment, int partitions) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrap);
        this.deployment = deployment;
        topics = new TopicNames(prefix);
        creation = new TopicCreation(kafka, partitions);
        consumers = new ConsumerSettings(kafka, SESSION_TIMEOUT, Optional.empty());
        writer = new EventWriter(kafka);
        parking = new Parking(writer, topics, metrics::parked);
    }

    /**
     * Options {@code --bootstrap --prefix --package FOLDER --partitions --planner true|false --threads --device-ms}; ends with its
     * standard input.
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Options.of(List.of(arguments));
        Deployment deployment =
                new Deployment(PackageReader.read(Path.of(options.get("--package"))), false, Optional.empty());
        Rooms rooms = new Rooms(
                options.get("--bootstrap"),
                options.get("--prefix"),
                deployment,
                Integer.parseInt(options.get("--partitions")));
        rooms.work(Integer.parseInt(options.get("--threads")), Integer.parseInt(options.get("--device-ms")));
        if (Boolean.parseBoolean(options.get("--planner"))) {
            rooms.plan();
        }
        Child.awaitEndOfInput();
        for (AutoCloseable each : rooms.running) {
            each.close();
        }
        Runtime.getRuntime().halt(0);
    }

    private void plan() {
        Catalogue catalogue = new Catalogue(List.of(deployment), List.of());
        StudyConsumer planner = new StudyConsumer(
                consumers,
                topics,
                creation,
                List.of(topics.of(Topics.STUDY_RECEIVED), topics.of(Topics.ANALYSIS_PLANNED)),
                () -> new Planner(catalogue, DEADLINE),
                new PlanPublisher(writer, topics),
                parking,
                LaneCredits.of(STAT_CREDITS, ROUTINE_MAX_AGE),
                metrics,
                clock);
        planner.start();
        running.addFirst(planner);
    }

    private void work(int threads, int deviceMillis) {
        MemoryParts parts = new TinyStudies().parts();
        JobConsumer worker = new JobConsumer(
                deployment.name(),
                consumers,
                topics,
                creation,
                new LaneQueue<>(LANE_CAPACITY, LaneCredits.of(STAT_CREDITS, ROUTINE_MAX_AGE), clock),
                IntStream.range(0, threads)
                        .mapToObj(i -> new Analysis(
                                deployment.modelPackage(),
                                new SimulatedDevice(Duration.ofMillis(deviceMillis)),
                                parts,
                                clock))
                        .toList(),
                new OutcomePublisher(writer, topics),
                parking,
                metrics,
                clock,
                DRAIN);
        worker.start();
        running.addFirst(worker);
    }
}
