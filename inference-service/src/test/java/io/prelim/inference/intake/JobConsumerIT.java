package io.prelim.inference.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.Topics;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.analyze.Model;
import io.prelim.inference.fixture.HeldModel;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestProducer;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.fixture.TopicTail;
import io.prelim.inference.lane.Lane;
import io.prelim.inference.lane.LaneCredits;
import io.prelim.inference.lane.LaneQueue;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.publish.EventWriter;
import io.prelim.inference.publish.OutcomePublisher;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.inference.runtime.Batcher;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.ModelRun;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.Quarantine;
import io.prelim.inference.runtime.host.Provider;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lanes and the commits over a real broker; the model is a fake that can be held. */
class JobConsumerIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DEPLOYMENT = TestPackages.DEPLOYMENT;

    @TempDir
    Path folder;

    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", BuildHost.get().bootstrapServers());
    private final TopicNames topics =
            new TopicNames("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
    private final InMemoryParts parts = new InMemoryParts();
    private final TestProducer producer = new TestProducer(BuildHost.get().bootstrapServers());
    private final EventWriter writer = new EventWriter(kafka);
    private final List<AutoCloseable> open = new ArrayList<>(List.of(producer, writer));
    private ModelPackage modelPackage;
    private TopicTail outcomes;

    @BeforeEach
    void load() throws Exception {
        modelPackage = PackageReader.read(TestPackages.brightness(folder));
        BrokerAndDatabase.createTopics(
                BuildHost.get().bootstrapServers(), topics.prefix(), List.of(Topics.STUDY_ANALYZED));
        new TopicCreation(kafka, 1).ensure(topics.jobs(DEPLOYMENT));
        outcomes = new TopicTail(BuildHost.get().bootstrapServers(), topics.of(Topics.STUDY_ANALYZED));
        open.add(0, outcomes);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void aKilledWorkersJobIsDeliveredAgainToTheSameOutcomeId() {
        HeldModel held = new HeldModel(JobConsumerIT::score);
        JobConsumer killed = worker(held, queue(), Duration.ofSeconds(5));
        killed.start();
        AnalysisRequested job = job(Priority.ROUTINE);
        send(job);
        held.awaitBegun();

        killed.abandon();
        JobConsumer next = worker(JobConsumerIT::score, queue(), Duration.ofSeconds(5));
        open.add(0, next);
        next.start();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomes.events(StudyAnalyzed.class))
                        .isNotEmpty()
                        .extracting(StudyAnalyzed::outcomeId)
                        .containsOnly(job.outcomeId()));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(committed(Lane.ROUTINE)).isEqualTo(1));
    }

    @Test
    void aBatchInAKilledWorkersHandsIsDeliveredAgain() throws Exception {
        String graph = "endless-batch.onnx";
        ModelSession session = ModelSession.open(
                PackageReader.read(
                        TestPackages.write(folder.resolve("endless"), graph, TestPackages.manifest(graph), null)),
                new Quarantine(DEPLOYMENT, 100, Duration.ZERO, InstantSource.system()),
                new Execution(Provider.CPU, 0, 2, 4L << 30));
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        Batcher batcher = new Batcher(session, SOON, sizes::add);
        open.add(0, batcher);
        JobConsumer killed =
                worker(DEPLOYMENT, List.<Model>of(batcher::run, batcher::run), queue(), Duration.ofSeconds(5));
        killed.start();
        List<AnalysisRequested> jobs = List.of(job(Priority.ROUTINE), job(Priority.STAT));
        jobs.forEach(this::send);
        await().atMost(SOON).untilAsserted(() -> assertThat(sizes).containsExactly(2));

        killed.abandon();
        JobConsumer next = worker(JobConsumerIT::score, queue(), Duration.ofSeconds(5));
        open.add(0, next);
        next.start();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomes.events(StudyAnalyzed.class))
                        .extracting(StudyAnalyzed::outcomeId)
                        .containsExactlyInAnyOrderElementsOf(
                                jobs.stream().map(AnalysisRequested::outcomeId).toList()));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(committed(Lane.ROUTINE) + committed(Lane.STAT))
                        .isEqualTo(2));
    }

    @Test
    void statOvertakesRoutine() {
        HeldModel held = new HeldModel(JobConsumerIT::score);
        LaneQueue<Job> queue = queue();
        JobConsumer worker = worker(held, queue, Duration.ofSeconds(5));
        open.add(0, worker);
        List<AnalysisRequested> routine =
                IntStream.range(0, 20).mapToObj(i -> job(Priority.ROUTINE)).toList();
        routine.forEach(this::send);
        worker.start();
        held.awaitBegun();
        AnalysisRequested stat = job(Priority.STAT);
        send(stat);
        await().atMost(SOON).until(() -> queue.size(Lane.STAT) == 1);

        held.release();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(outcomes.events(StudyAnalyzed.class)).hasSize(21));
        List<StudyAnalyzed> byTime = outcomes.events(StudyAnalyzed.class).stream()
                .sorted(java.util.Comparator.comparing(StudyAnalyzed::analyzedAt))
                .toList();
        assertThat(byTime.get(1).outcomeId())
                .as("second, after the one in hand")
                .isEqualTo(stat.outcomeId());
    }

    @Test
    void onlyTheFullLaneIsPaused() {
        HeldModel held = new HeldModel(JobConsumerIT::score);
        LaneQueue<Job> queue = new LaneQueue<>(2, LaneCredits.of(8, Duration.ofMinutes(2)), InstantSource.system());
        JobConsumer worker = worker(held, queue, Duration.ofSeconds(5));
        open.add(0, worker);
        IntStream.range(0, 200).forEach(i -> send(job(Priority.ROUTINE)));
        worker.start();
        held.awaitBegun();
        await().atMost(SOON).until(() -> queue.isFull(Lane.ROUTINE));
        send(job(Priority.STAT));

        await().atMost(SOON).until(() -> queue.size(Lane.STAT) == 1);
        assertThat(queue.size(Lane.ROUTINE)).as("capacity and one poll at most").isLessThanOrEqualTo(2 + 64);
        held.release();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(outcomes.events(StudyAnalyzed.class)).hasSize(201));
    }

    @Test
    void closingFinishesWhatIsInHandAndLeavesTheRest() throws Exception {
        HeldModel held = new HeldModel(JobConsumerIT::score);
        JobConsumer worker = worker(held, queue(), Duration.ofSeconds(20));
        AnalysisRequested first = job(Priority.ROUTINE);
        send(first);
        send(job(Priority.ROUTINE));
        worker.start();
        held.awaitBegun();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(worker::close);
        assertThat(closing).isNotDone();
        held.release();
        closing.get(20, TimeUnit.SECONDS);

        assertThat(committed(Lane.ROUTINE)).isEqualTo(1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomes.events(StudyAnalyzed.class))
                        .extracting(StudyAnalyzed::outcomeId)
                        .containsExactly(first.outcomeId()));
    }

    @Test
    void aRetiredModelEndsWhatIsInHandAndAnswersTheRestAsRetired() {
        HeldModel held = new HeldModel(JobConsumerIT::score);
        JobConsumer worker = worker(held, queue(), Duration.ofSeconds(20));
        open.add(0, worker);
        AnalysisRequested first = job(Priority.ROUTINE);
        send(first);
        worker.start();
        held.awaitBegun();
        List<AnalysisRequested> queued =
                IntStream.range(0, 3).mapToObj(i -> job(Priority.ROUTINE)).toList();
        queued.forEach(this::send);
        assertThat(worker.idle()).isFalse();

        worker.retire();
        held.release();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(outcomes.events(StudyAnalyzed.class)).hasSize(4));
        assertThat(outcomes.events(StudyAnalyzed.class)).allSatisfy(outcome -> {
            if (outcome.outcomeId().equals(first.outcomeId())) {
                assertThat(outcome.status()).isEqualTo(StudyAnalyzed.Status.FINDINGS);
            } else {
                assertThat(outcome.reason().code()).isEqualTo("model-retired");
            }
        });
        await().atMost(SOON).until(worker::idle);
        worker.close();
        assertThat(worker.alive()).isFalse();
    }

    @Test
    void aSecondWorkerTakesItsShareAndNothingIsLost() throws InterruptedException {
        String spread = "spread-1-0-0";
        new TopicCreation(kafka, 4).ensure(topics.jobs(spread));
        JobConsumer one = worker(spread, JobConsumerIT::score, queue(), Duration.ofSeconds(5));
        JobConsumer two = worker(spread, JobConsumerIT::score, queue(), Duration.ofSeconds(5));
        open.add(0, one);
        open.add(0, two);
        List<AnalysisRequested> jobs =
                IntStream.range(0, 300).mapToObj(i -> job(Priority.ROUTINE)).toList();
        one.start();
        jobs.subList(0, 150).forEach(job -> producer.send(topics.jobs(spread, Lane.ROUTINE), job));
        two.start();
        jobs.subList(150, 300).forEach(job -> producer.send(topics.jobs(spread, Lane.ROUTINE), job));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomes.events(StudyAnalyzed.class).stream()
                                .map(StudyAnalyzed::outcomeId)
                                .distinct()
                                .toList())
                        .containsExactlyInAnyOrderElementsOf(
                                jobs.stream().map(AnalysisRequested::outcomeId).toList()));
    }

    @Test
    void workersShareEachLaneEvenly() throws Exception {
        String spread = "even-1-0-0";
        new TopicCreation(kafka, 6).ensure(topics.jobs(spread));
        for (int i = 0; i < 4; i++) {
            JobConsumer worker = worker(spread, JobConsumerIT::score, queue(), Duration.ofSeconds(5));
            open.add(0, worker);
            worker.start();
        }

        try (Admin admin = Admin.create(kafka)) {
            String group = topics.workerGroup(spread);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(admin.describeConsumerGroups(List.of(group))
                                    .all()
                                    .get()
                                    .get(group)
                                    .members())
                            .hasSize(4)
                            .allSatisfy(member -> assertThat(member.assignment().topicPartitions())
                                    .extracting(TopicPartition::topic)
                                    .contains(topics.jobs(spread, Lane.STAT), topics.jobs(spread, Lane.ROUTINE))
                                    .hasSizeBetween(2, 4)));
        }
    }

    @Test
    void aJobThatComesAgainGetsItsAnswerWithoutTheModel() {
        AtomicInteger runs = new AtomicInteger();
        JobConsumer worker = worker(
                (values, shape) -> {
                    runs.incrementAndGet();
                    return score(values, shape);
                },
                queue(),
                Duration.ofSeconds(5));
        open.add(0, worker);
        AnalysisRequested job = job(Priority.ROUTINE);
        worker.start();

        send(job);
        send(job);
        send(job(Priority.ROUTINE));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(outcomes.events(StudyAnalyzed.class)).hasSize(3));
        assertThat(runs).hasValue(2);
        List<StudyAnalyzed> both = outcomes.events(StudyAnalyzed.class).stream()
                .filter(outcome -> outcome.outcomeId().equals(job.outcomeId()))
                .toList();
        assertThat(both).hasSize(2);
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    private JobConsumer worker(Model model, LaneQueue<Job> queue, Duration drain) {
        return worker(DEPLOYMENT, model, queue, drain);
    }

    private JobConsumer worker(String deployment, Model model, LaneQueue<Job> queue, Duration drain) {
        return worker(deployment, List.of(model), queue, drain);
    }

    private JobConsumer worker(String deployment, List<Model> models, LaneQueue<Job> queue, Duration drain) {
        InferenceMetrics metrics = new InferenceMetrics(new SimpleMeterRegistry());
        InstantSource clock = InstantSource.system();
        return new JobConsumer(
                deployment,
                new ConsumerSettings(kafka, Duration.ofSeconds(6), Optional.empty()),
                topics,
                new TopicCreation(kafka, 1),
                queue,
                models.stream()
                        .map(model -> new Analysis(modelPackage, model, parts, clock))
                        .toList(),
                new OutcomePublisher(writer, topics),
                new Parking(writer, topics, metrics::parked),
                metrics,
                clock,
                drain);
    }

    private static LaneQueue<Job> queue() {
        return new LaneQueue<>(64, LaneCredits.of(8, Duration.ofMinutes(2)), InstantSource.system());
    }

    private AnalysisRequested job(Priority priority) {
        return TestStudy.of(parts, priority, image -> image).job(modelPackage, Instant.now());
    }

    private void send(AnalysisRequested job) {
        producer.send(topics.of(Topics.analysisRequested(DEPLOYMENT, job.priority())), job);
    }

    private long committed(Lane lane) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            return admin
                    .listConsumerGroupOffsets(topics.workerGroup(DEPLOYMENT))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(each -> each.getKey().topic().equals(topics.jobs(DEPLOYMENT, lane)))
                    .mapToLong(each -> each.getValue().offset())
                    .sum();
        }
    }

    private static ModelRun score(float[] values, long[] shape) {
        assertThat(Arrays.stream(shape).reduce(1, (a, b) -> a * b)).isEqualTo(values.length);
        return new ModelRun(Map.of("logit", new float[] {1}, "scope_distance", new float[] {0}), 1, "CPU");
    }
}
