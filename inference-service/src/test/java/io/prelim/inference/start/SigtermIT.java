package io.prelim.inference.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.Topics;
import io.prelim.inference.fixture.FolderParts;
import io.prelim.inference.fixture.PartsEndpoint;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestProducer;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.fixture.TopicTail;
import io.prelim.inference.lane.Lane;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker process that is asked to end while studies are in hand and others wait. */
class SigtermIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int JOBS = 12;

    @TempDir
    Path folder;

    @Test
    void whatIsInHandIsAnsweredAndAcknowledgedAndTheRestHandedBack() throws Exception {
        Map<String, Object> kafka = Map.of("bootstrap.servers", BuildHost.get().bootstrapServers());
        TopicNames topics = new TopicNames("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
        BrokerAndDatabase.createTopics(
                BuildHost.get().bootstrapServers(), topics.prefix(), List.of(Topics.STUDY_ANALYZED));
        new TopicCreation(kafka, 1).ensure(topics.jobs(TestPackages.DEPLOYMENT));
        Path packaged = TestPackages.write(
                folder.resolve("models/slow"), "slow.onnx", TestPackages.manifest("slow.onnx"), null);
        ModelPackage modelPackage = PackageReader.read(packaged);
        FolderParts parts = new FolderParts(Files.createDirectories(folder.resolve("parts")));
        try (PartsEndpoint endpoint = new PartsEndpoint(parts::get);
                TestProducer producer = new TestProducer(BuildHost.get().bootstrapServers());
                TopicTail outcomes =
                        new TopicTail(BuildHost.get().bootstrapServers(), topics.of(Topics.STUDY_ANALYZED))) {
            IntStream.range(0, JOBS).forEach(i -> {
                AnalysisRequested job = TestStudy.bright(parts).job(modelPackage, Instant.now());
                producer.send(topics.of(Topics.analysisRequested(TestPackages.DEPLOYMENT, Priority.ROUTINE)), job);
            });
            Process worker = worker(endpoint, topics);
            try {
                await().atMost(SOON)
                        .until(() -> !outcomes.events(StudyAnalyzed.class).isEmpty());
                List<ProcessHandle> hosts = worker.children().toList();
                assertThat(hosts).hasSize(2);

                Instant asked = Instant.now();
                worker.destroy();

                assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(25));
                // 128 + SIGTERM
                assertThat(worker.exitValue()).isIn(0, 143);
                await().atMost(SOON).untilAsserted(() -> assertThat(hosts).noneMatch(ProcessHandle::isAlive));
                long acknowledged = committed(kafka, topics);
                assertThat(acknowledged).isBetween(1L, JOBS - 1L);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(outcomes.events(StudyAnalyzed.class))
                                .hasSize((int) acknowledged)
                                .extracting(StudyAnalyzed::status)
                                .containsOnly(StudyAnalyzed.Status.FINDINGS));
            } finally {
                worker.descendants().forEach(ProcessHandle::destroyForcibly);
                worker.destroyForcibly();
            }
        }
    }

    private Process worker(PartsEndpoint endpoint, TopicNames topics) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dquarkus.http.port=0",
                        "-Dkafka.bootstrap.servers=" + BuildHost.get().bootstrapServers(),
                        "-Dprelim.topics.prefix=" + topics.prefix(),
                        "-Dprelim.inference.role=worker",
                        "-Dprelim.inference.threads=2",
                        "-Dprelim.inference.drain=PT20S",
                        "-Dprelim.inference.packages=" + folder.resolve("models"),
                        "-Dprelim.parts.url=" + endpoint.url(),
                        "-Dprelim.parts.token=" + PartsEndpoint.TOKEN,
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "sigterm-worker.log").toFile())
                .start();
    }

    private static long committed(Map<String, Object> kafka, TopicNames topics) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            return admin
                    .listConsumerGroupOffsets(topics.workerGroup(TestPackages.DEPLOYMENT))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(each -> each.getKey().topic().equals(topics.jobs(TestPackages.DEPLOYMENT, Lane.ROUTINE)))
                    .mapToLong(each -> each.getValue().offset())
                    .sum();
        }
    }
}
