package io.prelim.inference.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.inference.fixture.FolderParts;
import io.prelim.inference.fixture.PackagesAndParts;
import io.prelim.inference.fixture.TestArchive;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestProducer;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.fixture.TopicTail;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.plan.Planner;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packages that come, change and go while the service runs, over a real broker. */
@QuarkusTest
@WithTestResource(value = BrokerAndDatabase.class, initArgs = @ResourceArg(name = "database", value = "false"))
@WithTestResource(value = PackagesAndParts.class, initArgs = @ResourceArg(name = "shipped", value = "false"))
class HotModelsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "prelim.topics.prefix")
    String prefix;

    @ConfigProperty(name = PackagesAndParts.FOLDER)
    String partsFolder;

    @ConfigProperty(name = PackagesAndParts.PACKAGES)
    String packages;

    private FolderParts parts;
    private TestProducer producer;
    private TopicTail plans;
    private TopicTail outcomes;

    @BeforeEach
    void open() {
        parts = new FolderParts(Path.of(partsFolder));
        producer = new TestProducer(bootstrapServers);
        plans = new TopicTail(bootstrapServers, prefix + Topics.ANALYSIS_PLANNED);
        outcomes = new TopicTail(bootstrapServers, prefix + Topics.STUDY_ANALYZED);
    }

    @AfterEach
    void close() {
        producer.close();
        plans.close();
        outcomes.close();
    }

    @Test
    void aModelIsAddedAnswersAndIsRetiredWithoutAGhost() throws Exception {
        Path folder = write("second");
        String name = "second-1-0-0";
        awaitInService(name);
        Deployment deployment = new Deployment(PackageReader.read(folder), false, Optional.empty());
        StudyReceived study = TestStudy.bright(parts).received();
        send(study);
        assertThat(outcome(study, name).status()).isEqualTo(Status.FINDINGS);
        assertThat(threads(name)).isNotEmpty();
        assertThat(metrics()).contains("deployment=\"" + name + "\"");

        delete(folder);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(strings("retired.deployment")).contains(name));
        assertThat(strings("models.model.deployment")).doesNotContain(name);
        // a planner elsewhere that has not looked yet
        StudyReceived late = TestStudy.bright(parts).received();
        producer.send(jobs(name), job(deployment, late));
        StudyAnalyzed answer = outcome(late, name);
        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.reason().code()).isEqualTo("model-retired");
        StudyReceived next = TestStudy.dark(parts).received();
        send(next);
        AnalysisPlanned plan = plan(next);
        assertThat(plan.planned()).extracting(each -> each.model().deployment()).doesNotContain(name);
        assertThat(plan.declined())
                .extracting(each -> each.model().deployment())
                .doesNotContain(name);
        await().atMost(SOON).untilAsserted(() -> assertThat(threads(name)).isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics()).doesNotContain("deployment=\"" + name + "\""));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(name)).isZero());
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void aPackageThatChangesInPlaceIsAnotherAndTheOldOnesJobsAreAnswered() throws Exception {
        Path folder = write("third");
        String name = "third-1-0-0";
        awaitInService(name);
        Deployment before = new Deployment(PackageReader.read(folder), false, Optional.empty());

        Files.writeString(folder.resolve("manifest.yaml"), manifest("third").replace("urgent: true", "urgent: false"));

        String digest = PackageReader.read(folder).digest();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(strings("models.packageDigest")).contains(digest));
        assertThat(strings("retired.digest")).contains(before.modelPackage().digest());
        StudyReceived late = TestStudy.bright(parts).received();
        producer.send(jobs(name), job(before, late));
        assertThat(outcome(late, name).reason().code()).isEqualTo("model-retired");
        StudyReceived study = TestStudy.bright(parts).received();
        send(study);
        StudyAnalyzed outcome = outcome(study, name);
        assertThat(outcome.status()).isEqualTo(Status.FINDINGS);
        assertThat(outcome.model().manifestDigest())
                .isEqualTo(PackageReader.read(folder).manifestDigest());
        assertThat(threads("jobs-" + name)).as("one consumer").hasSize(1);
        delete(folder);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(strings("models.model.deployment")).doesNotContain(name));
    }

    @Test
    void anArchiveIsAddedAndComesBackAfterItWasGone() throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "packed-");
        TestPackages.write(folder, "brightness.onnx", manifest("packed"), "clearance: none");
        Path archive = Path.of(packages, "packed.zip");
        String name = "packed-1-0-0";
        for (int times = 0; times < 2; times++) {
            TestArchive.of(folder).write(archive);
            awaitInService(name);
            StudyReceived study = TestStudy.bright(parts).received();
            send(study);
            assertThat(outcome(study, name).status()).isEqualTo(Status.FINDINGS);
            Files.delete(archive);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(strings("retired.deployment")).contains(name));
        }
    }

    @Test
    void aRefusedPackageIsShownWithItsReasonAndTakenOnceItIsRight() throws Exception {
        Path folder = write("fourth");
        byte[] model = TestPackages.read(folder.resolve("model.onnx"));
        Files.write(folder.resolve("model.onnx"), new byte[] {1, 2, 3});
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(refusal(folder)).contains("manifest.yaml: model.sha256: says "));

        Files.write(folder.resolve("model.onnx"), model);

        awaitInService("fourth-1-0-0");
        assertThat(refusal(folder)).isEmpty();
        given().get("/api/models")
                .then()
                .statusCode(200)
                .body(
                        "models.find { it.model.deployment == 'fourth-1-0-0' }.whyShadow",
                        org.hamcrest.Matchers.containsString("card.yaml: expires: is missing"));
        delete(folder);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(strings("models.model.deployment")).doesNotContain("fourth-1-0-0"));
    }

    private Path write(String id) {
        return TestPackages.write(
                Path.of(packages, id), "brightness.onnx", manifest(id), "clearance: none\nregion: []\n");
    }

    private static String manifest(String id) {
        return TestPackages.manifest("brightness.onnx").replace("id: brightness", "id: " + id);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void awaitInService(String name) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(strings("models.model.deployment")).contains(name));
    }

    private static List<String> strings(String path) {
        return given().get("/api/models").then().statusCode(200).extract().path(path);
    }

    private static String refusal(Path folder) {
        List<Map<String, String>> refused =
                given().get("/api/models").then().extract().path("refused");
        return refused.stream()
                .filter(each -> each.get("folder").equals(folder.toString()))
                .map(each -> each.get("reason"))
                .findFirst()
                .orElse("");
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(each -> each.contains(name))
                .toList();
    }

    private int members(String name) throws Exception {
        String group = prefix + "worker-" + name;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members()
                    .size();
        }
    }

    private String jobs(String name) {
        return prefix + Topics.analysisRequested(name, io.prelim.events.Priority.ROUTINE);
    }

    private static AnalysisRequested job(Deployment deployment, StudyReceived study) {
        return new Planner(new Catalogue(List.of(deployment), List.of()), Duration.ofMinutes(5))
                .plan(study, Instant.now())
                .jobs()
                .get(0);
    }

    private void send(StudyReceived study) {
        producer.send(prefix + Topics.STUDY_RECEIVED, study);
    }

    private AnalysisPlanned plan(StudyReceived study) {
        return await().atMost(SOON)
                .until(
                        () -> plans.events(AnalysisPlanned.class).stream()
                                .filter(each -> each.studyKey().equals(study.studyKey()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private StudyAnalyzed outcome(StudyReceived study, String deployment) {
        return await().atMost(SOON)
                .until(
                        () -> outcomes.events(StudyAnalyzed.class).stream()
                                .filter(each -> each.studyKey().equals(study.studyKey())
                                        && each.model().deployment().equals(deployment))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
