package io.prelim.inference.start;

import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.evidence.EvidenceStore;
import io.prelim.inference.intake.ConsumerSettings;
import io.prelim.inference.intake.JobConsumer;
import io.prelim.inference.lane.LaneCredits;
import io.prelim.inference.lane.LaneQueue;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.parts.Parts;
import io.prelim.inference.publish.OutcomePublisher;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The consumers, threads and sessions of the deployments this process works for. One that is retired answers what is still planned for
 * it, {@code failed: model-retired}, until planners have seen that it is gone and nothing waits; then nothing of it is left but its
 * group's committed offsets, which keep old jobs from coming again should it return. One thread calls it, {@link #alive} excepted.
 */
final class ModelWorkers implements AutoCloseable {
    /** A study that was being planned as the model went is with the broker by then. */
    private static final Duration IN_PLANNING = Duration.ofSeconds(5);

    private static final int LOOKS_OF_PLANNERS = 3;

    private final InferenceConfig config;
    private final Execution execution;
    private final ConsumerSettings consumers;
    private final TopicNames topics;
    private final TopicCreation creation;
    private final Parts parts;
    private final Optional<EvidenceStore> evidence;
    private final OutcomePublisher publisher;
    private final Parking parking;
    private final InferenceMetrics metrics;
    private final InstantSource clock;
    private final Map<String, Worker> serving = new ConcurrentHashMap<>();
    private final List<Worker> retiring = new CopyOnWriteArrayList<>();

    ModelWorkers(
            InferenceConfig config,
            Execution execution,
            ConsumerSettings consumers,
            TopicNames topics,
            TopicCreation creation,
            Parts parts,
            Optional<EvidenceStore> evidence,
            OutcomePublisher publisher,
            Parking parking,
            InferenceMetrics metrics,
            InstantSource clock) {
        this.config = config;
        this.execution = execution;
        this.consumers = consumers;
        this.topics = topics;
        this.creation = creation;
        this.parts = parts;
        this.evidence = evidence;
        this.publisher = publisher;
        this.parking = parking;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Starts a deployment, in the place of one of the same name if there is one; does nothing if it runs already or is not this
     * process's to serve.
     *
     * @throws ModelFailure if its sessions cannot be opened; what ran before then still runs
     */
    void serve(Deployment deployment) throws ModelFailure {
        String name = deployment.name();
        Worker before = serving.get(name);
        boolean ours = config.deployments().map(names -> names.contains(name)).orElse(true);
        if (!ours || (before != null && before.deployment.isSameAs(deployment))) {
            return;
        }
        Quarantine quarantine = new Quarantine(
                name, config.quarantine().after(), config.quarantine().time(), clock);
        Sessions sessions = sessions(deployment, quarantine);
        // its successor takes over group and topics, and answers the jobs of other digests as retired
        if (before != null) {
            serving.remove(name);
            leave(before);
        }
        retiring.stream().filter(each -> each.deployment.name().equals(name)).forEach(this::leave);
        Worker worker = new Worker(deployment, consumer(deployment, sessions), sessions, null);
        metrics.hosts(name, quarantine::ended, quarantine::holds);
        metrics.sessions(name, sessions.provider(), sessions.processes());
        worker.consumer.start();
        serving.put(name, worker);
    }

    /** Nothing more is analysed for this deployment but what is in hand. */
    void retire(Deployment deployment) {
        Worker worker = serving.get(deployment.name());
        if (worker != null && worker.deployment.isSameAs(deployment)) {
            worker.consumer.retire();
            retiring.add(new Worker(worker.deployment, worker.consumer, worker.sessions, clock.instant()));
            serving.remove(deployment.name());
        }
    }

    /** Ends retired deployments that have nothing left to answer. */
    void tend() {
        retiring.stream().filter(this::answered).forEach(this::leave);
    }

    /** @return false if a thread that must run has ended */
    boolean alive() {
        return serving.values().stream().allMatch(each -> each.consumer.alive())
                && retiring.stream().allMatch(each -> each.consumer.alive());
    }

    /** ONNX Runtime's execution provider of each deployment served, by name. */
    Map<String, String> providers() {
        return serving.values().stream()
                .collect(
                        Collectors.toUnmodifiableMap(each -> each.deployment.name(), each -> each.sessions.provider()));
    }

    /** All drain at the same time, so that the bound of one is the bound of all. */
    @Override
    public void close() {
        List<Thread> ends = Stream.concat(serving.values().stream(), retiring.stream())
                .map(each -> new Thread(() -> end(each), "end-" + each.deployment.name()))
                .toList();
        ends.forEach(Thread::start);
        for (Thread each : ends) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean answered(Worker worker) {
        Duration grace =
                config.packagesInterval().multipliedBy(LOOKS_OF_PLANNERS).plus(IN_PLANNING);
        Duration waiting = Duration.between(worker.retiredAt, clock.instant());
        Duration claimed = worker.deployment.modelPackage().manifest().limits().answerWithin();
        Duration deadline = claimed.compareTo(config.deadline()) > 0 ? claimed : config.deadline();
        // past the last deadline there is nothing that anyone waits for
        return waiting.compareTo(grace) > 0 && (worker.consumer.idle() || waiting.compareTo(grace.plus(deadline)) > 0);
    }

    private void leave(Worker worker) {
        end(worker);
        OperatorMessage.MODEL_GONE.log(
                "deployment",
                worker.deployment.name(),
                "package",
                worker.deployment.modelPackage().digest());
    }

    private void end(Worker worker) {
        serving.remove(worker.deployment.name(), worker);
        retiring.remove(worker);
        worker.consumer.close();
        // ends a run that the drain did not outlast, too
        worker.sessions.close();
    }

    private Sessions sessions(Deployment deployment, Quarantine quarantine) throws ModelFailure {
        int threads =
                config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
        return Sessions.open(
                deployment.modelPackage(),
                quarantine,
                execution,
                threads,
                config.batch().waiting(),
                size -> metrics.batch(deployment.name(), size));
    }

    private JobConsumer consumer(Deployment deployment, Sessions sessions) {
        InferenceConfig.Lanes lanes = config.lanes();
        Optional<EvidenceKeeping> keeping = evidence.map(
                store -> new EvidenceKeeping(store, result -> metrics.evidence(deployment.name(), result)));
        return new JobConsumer(
                deployment.name(),
                consumers,
                topics,
                creation,
                new LaneQueue<>(lanes.capacity(), LaneCredits.of(lanes.statCredits(), lanes.routineMaxAge()), clock),
                sessions.models().stream()
                        .map(model -> new Analysis(deployment.modelPackage(), model, parts, keeping, clock))
                        .toList(),
                publisher,
                parking,
                metrics,
                clock,
                config.drain());
    }

    private static final class Worker {
        private final Deployment deployment;
        private final JobConsumer consumer;
        private final Sessions sessions;
        private final Instant retiredAt;

        private Worker(Deployment deployment, JobConsumer consumer, Sessions sessions, Instant retiredAt) {
            this.deployment = deployment;
            this.consumer = consumer;
            this.sessions = sessions;
            this.retiredAt = retiredAt;
        }
    }
}
