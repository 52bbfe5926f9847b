package io.prelim.inference.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.CloudEvent;
import io.prelim.events.Ids;
import io.prelim.events.Priority;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.fixture.TopicTail;
import io.prelim.inference.lane.Lane;
import io.prelim.inference.lane.LaneCredits;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.publish.EventWriter;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.PlanPublisher;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.testkit.host.BuildHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planner over a real broker, with a backlog before it. */
class StudyConsumerIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int BACKLOG = 2_000;

    @TempDir
    Path folder;

    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", BuildHost.get().bootstrapServers());
    private final TopicNames topics =
            new TopicNames("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
    private final InMemoryParts parts = new InMemoryParts();
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    private final EventWriter writer = new EventWriter(kafka);
    private final List<AutoCloseable> open = new ArrayList<>(List.of(producer, writer));
    private Catalogue catalogue;
    private TopicTail plans;

    @BeforeEach
    void load() throws Exception {
        catalogue = new Catalogue(
                List.of(new Deployment(PackageReader.read(TestPackages.brightness(folder)), false, Optional.empty())),
                List.of());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void aStatStudyIsPlannedBeforeMostOfTheRoutineOnesInFrontOfIt() throws Exception {
        topics(1);
        List<StudyReceived> studies = studies(BACKLOG, Priority.ROUTINE);
        StudyReceived stat = study(Priority.STAT);
        studies.add(stat);
        send(studies);

        planner(() -> {}).start();

        awaitPlanned(studies);
        assertThat(keys()).hasSize(BACKLOG + 1);
        assertThat(keys().indexOf(stat.studyKey())).isLessThan(BACKLOG / 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(BACKLOG + 1));
    }

    @Test
    void aRevisionNeverOvertakesItsPredecessor() throws Exception {
        topics(1);
        StudyReceived study = study(Priority.ROUTINE);
        List<StudyReceived> told = studies(BACKLOG, Priority.ROUTINE);
        told.add(study);
        told.addAll(studies(BACKLOG / 2, Priority.ROUTINE));
        told.add(revision(study, 2, Priority.STAT));
        told.add(revision(study, 3, Priority.ROUTINE));
        send(told);

        planner(() -> {}).start();

        awaitPlanned(told);
        assertThat(plans.events(AnalysisPlanned.class))
                .filteredOn(plan -> plan.studyKey().equals(study.studyKey()))
                .extracting(AnalysisPlanned::revision)
                .containsExactly(1, 2, 3);
        assertThat(keys().indexOf(study.studyKey())).isLessThan(BACKLOG / 2);
    }

    @Test
    void whatAKilledPlannerHadReadAheadIsPlannedByTheNextToTheSameIds() throws Exception {
        topics(1);
        List<StudyReceived> studies = studies(BACKLOG, Priority.ROUTINE);
        studies.addAll(studies(10, Priority.STAT));
        send(studies);
        AtomicReference<StudyConsumer> killed = new AtomicReference<>();
        killed.set(planner(once(300, () -> killed.get().abandon())));
        killed.get().start();
        await().atMost(SOON).until(() -> !killed.get().alive());
        assertThat(committed()).isLessThan(studies.size());

        planner(() -> {}).start();

        awaitPlanned(studies);
        await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(studies.size()));
        Map<UUID, UUID> ids = studies.stream()
                .collect(Collectors.toMap(
                        StudyReceived::studyKey,
                        each -> Ids.plan(each.studyKey(), each.revision(), each.inputDigest())));
        assertThat(plans.events(AnalysisPlanned.class))
                .allSatisfy(plan -> assertThat(plan.planId()).isEqualTo(ids.get(plan.studyKey())));
        assertThat(jobs(Lane.STAT, 10)).hasSize(10);
        assertThat(jobs(Lane.ROUTINE, BACKLOG)).hasSize(BACKLOG);
    }

    @Test
    void aSecondPlannerThatComesWhileAheadIsReadLosesNothingAndOvertakesNothing() throws Exception {
        topics(4);
        List<StudyReceived> first = studies(BACKLOG, Priority.ROUTINE);
        List<StudyReceived> told = new ArrayList<>(first);
        told.addAll(first.stream()
                .limit(BACKLOG / 4)
                .map(each -> revision(each, 2, Priority.STAT))
                .toList());
        send(told);
        CountDownLatch shared = new CountDownLatch(1);
        StudyConsumer second = planner(shared::countDown);
        Runnable start = once(300, second::start);

        planner(() -> {
                    start.run();
                    if (second.alive()) {
                        // slow until the other has its share
                        hold(shared, 20);
                    }
                })
                .start();

        awaitPlanned(told);
        await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(told.size()));
        // of one study they are in one partition, in the order in which they were written
        Map<UUID, List<Integer>> revisions = plans.events(AnalysisPlanned.class).stream()
                .collect(Collectors.groupingBy(
                        AnalysisPlanned::studyKey, Collectors.mapping(AnalysisPlanned::revision, Collectors.toList())));
        assertThat(revisions)
                .hasSize(BACKLOG)
                .allSatisfy((study, each) -> assertThat(each.get(0)).isEqualTo(1));
        assertThat(shared.getCount()).as("the second planned some").isZero();
    }

    @Test
    void whatTheBrokerDoesNotTakeIsPlannedAgainUntilItDoes() throws Exception {
        topics(1);
        StudyReceived study = study(Priority.ROUTINE);
        List<StudyReceived> told = studies(20, Priority.ROUTINE);
        told.add(study);
        told.add(revision(study, 2, Priority.STAT));
        send(told);
        largest(10);
        AtomicInteger attempts = new AtomicInteger();
        // a record in a batch of its own is refused at once
        EventWriter single =
                new EventWriter(Map.of("bootstrap.servers", BuildHost.get().bootstrapServers(), "batch.size", 0));
        open.add(single);
        planner(attempts::incrementAndGet, single).start();
        await().atMost(SOON).untilAtomic(attempts, greaterThan(2 * told.size()));
        assertThat(plans.records()).isEmpty();
        assertThat(committed()).isZero();

        largest(1_000_000);

        awaitPlanned(told);
        await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(told.size()));
        assertThat(plans.events(AnalysisPlanned.class))
                .filteredOn(plan -> plan.studyKey().equals(study.studyKey()))
                .extracting(AnalysisPlanned::revision)
                .endsWith(1, 2);
    }

    @Test
    void whatCannotBeReadIsParkedAndWhatIsBehindItIsPlanned() throws Exception {
        topics(1);
        StudyReceived next = study(Priority.STAT);
        byte[] poison = "{\"priority\":\"STAT\",\"studyKey\": 7".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topics.of(Topics.STUDY_RECEIVED), new byte[] {1}, poison))
                .get();
        send(List.of(next));

        planner(() -> {}).start();

        awaitPlanned(List.of(next));
        await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(2));
        try (TopicTail parked = new TopicTail(BuildHost.get().bootstrapServers(), topics.of(TopicNames.PARKED))) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(parked.records())
                            .singleElement()
                            .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                            .isEqualTo(new String(poison, StandardCharsets.UTF_8)));
        }
    }

    private void topics(int partitions) throws InterruptedException {
        List<String> names = new ArrayList<>(topics.jobs(TestPackages.DEPLOYMENT));
        for (String each :
                List.of(Topics.STUDY_RECEIVED, Topics.STUDY_BACKFILL, Topics.ANALYSIS_PLANNED, TopicNames.PARKED)) {
            names.add(topics.of(each));
        }
        new TopicCreation(kafka, partitions).ensure(names);
        await().atMost(SOON)
                .until(() -> producer.partitionsFor(topics.of(Topics.ANALYSIS_PLANNED))
                                .size()
                        == partitions);
        plans = new TopicTail(BuildHost.get().bootstrapServers(), topics.of(Topics.ANALYSIS_PLANNED));
        open.add(plans);
    }

    /** @param asked run before each study is planned */
    private StudyConsumer planner(Runnable asked) {
        return planner(asked, writer);
    }

    private StudyConsumer planner(Runnable asked, EventWriter writer) {
        InferenceMetrics metrics = new InferenceMetrics(new SimpleMeterRegistry());
        InstantSource clock = InstantSource.system();
        StudyConsumer planner = new StudyConsumer(
                new ConsumerSettings(kafka, Duration.ofSeconds(6), Optional.empty()),
                topics,
                new TopicCreation(kafka, 1),
                List.of(),
                () -> {
                    asked.run();
                    return new Planner(catalogue, Duration.ofMinutes(5));
                },
                new PlanPublisher(writer, topics),
                new Parking(writer, topics, metrics::parked),
                LaneCredits.of(8, Duration.ofMinutes(2)),
                metrics,
                clock);
        open.add(0, planner);
        return planner;
    }

    private static Runnable once(int count, Runnable then) {
        AtomicInteger asked = new AtomicInteger();
        return () -> {
            if (asked.incrementAndGet() == count) {
                then.run();
            }
        };
    }

    private List<StudyReceived> studies(int count, Priority priority) {
        return IntStream.range(0, count)
                .mapToObj(i -> study(priority))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private StudyReceived study(Priority priority) {
        return TestStudy.of(parts, priority, image -> image).received();
    }

    private static StudyReceived revision(StudyReceived study, int revision, Priority priority) {
        return new StudyReceived(
                study.studyKey(),
                study.studyInstanceUid(),
                revision,
                "sha256:" + TestPackages.sha256(new byte[] {(byte) revision}),
                priority,
                study.site(),
                study.procedure(),
                study.subject(),
                study.instances(),
                study.series(),
                study.manifest(),
                study.receivedAt(),
                study.completedAt());
    }

    /** In this order. */
    private void send(Collection<StudyReceived> studies) throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (StudyReceived each : studies) {
            sent.add(producer.send(new ProducerRecord<>(
                    topics.of(Topics.STUDY_RECEIVED),
                    each.key().getBytes(StandardCharsets.UTF_8),
                    CloudEvent.of(UUID.randomUUID(), "ingest", TestStudy.NOW, each)
                            .value())));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private void awaitPlanned(Collection<StudyReceived> studies) {
        List<UUID> expected = studies.stream()
                .map(each -> Ids.plan(each.studyKey(), each.revision(), each.inputDigest()))
                .toList();
        await().atMost(SOON)
                .until(() -> plans.events(AnalysisPlanned.class).stream()
                        .map(AnalysisPlanned::planId)
                        .collect(Collectors.toSet())
                        .containsAll(expected));
    }

    private List<UUID> keys() {
        return plans.events(AnalysisPlanned.class).stream()
                .map(AnalysisPlanned::studyKey)
                .toList();
    }

    /** The distinct answers that are asked for, once so many are. */
    private Set<UUID> jobs(Lane lane, int count) {
        try (TopicTail tail =
                new TopicTail(BuildHost.get().bootstrapServers(), topics.jobs(TestPackages.DEPLOYMENT, lane))) {
            return await().atMost(SOON)
                    .until(
                            () -> tail.events(AnalysisRequested.class).stream()
                                    .map(AnalysisRequested::outcomeId)
                                    .collect(Collectors.toSet()),
                            ids -> ids.size() >= count);
        }
    }

    /** What the topic of plans takes, in bytes of a record. */
    private void largest(int bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, topics.of(Topics.ANALYSIS_PLANNED));
        AlterConfigOp set = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(kafka)) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        }
    }

    private static void hold(CountDownLatch latch, long millis) {
        try {
            boolean unused = latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            return admin
                    .listConsumerGroupOffsets(topics.plannerGroup())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(each -> each.offset())
                    .sum();
        }
    }
}
