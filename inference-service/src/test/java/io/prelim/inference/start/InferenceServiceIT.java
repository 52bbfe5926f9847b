package io.prelim.inference.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Event;
import io.prelim.events.Finding.Presence;
import io.prelim.events.Ids;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.inference.fixture.FolderParts;
import io.prelim.inference.fixture.Hosts;
import io.prelim.inference.fixture.PackagesAndParts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestProducer;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.fixture.TopicTail;
import io.prelim.inference.publish.TopicNames;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = BrokerAndDatabase.class, initArgs = @ResourceArg(name = "database", value = "false"))
@WithTestResource(PackagesAndParts.class)
class InferenceServiceIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String BRIGHTNESS = TestPackages.DEPLOYMENT;
    private static final String SHIPPED = "chest-pneumonia-paediatric-1-2-0";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "prelim.topics.prefix")
    String prefix;

    @ConfigProperty(name = PackagesAndParts.FOLDER)
    String folder;

    private FolderParts parts;
    private TestProducer producer;
    private TopicTail plans;
    private TopicTail outcomes;

    @BeforeEach
    void open() {
        parts = new FolderParts(Path.of(folder));
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
    void aStudyReceivedIsPlannedAndAnsweredByEveryModelThatApplies() {
        StudyReceived study = TestStudy.bright(parts).received();
        send(study);

        AnalysisPlanned plan = plan(study);
        assertThat(plan.planId()).isEqualTo(Ids.plan(study.studyKey(), 1, study.inputDigest()));
        assertThat(plan.planned()).extracting(each -> each.model().deployment()).containsExactly(BRIGHTNESS, SHIPPED);
        StudyAnalyzed outcome = outcome(study, BRIGHTNESS);
        assertThat(outcome.outcomeId()).isEqualTo(plan.planned().get(0).outcomeId());
        assertThat(outcome.model()).isEqualTo(plan.planned().get(0).model());
        assertThat(outcome.model().researchOnly()).isTrue();
        assertThat(outcome.status()).isEqualTo(Status.FINDINGS);
        assertThat(outcome.findings().get(0).presence()).isEqualTo(Presence.PRESENT);
        assertThat(outcome.provider()).isEqualTo("CPU");
        // half of it white, half of it black is no radiograph
        StudyAnalyzed shipped = outcome(study, SHIPPED);
        assertThat(shipped.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(shipped.reason().code()).isEqualTo("out-of-scope");
    }

    @Test
    void aStudyIsAnsweredAlthoughTheModelsProcessesWereKilled() {
        assertThat(Hosts.running()).isNotEmpty();
        Hosts.kill(Hosts.running());

        StudyReceived study = TestStudy.bright(parts).received();
        send(study);

        assertThat(outcome(study, BRIGHTNESS).status()).isEqualTo(Status.FINDINGS);
        assertThat(outcome(study, SHIPPED).status()).isEqualTo(Status.NOT_APPLICABLE);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("prelim_inference_hosts_ended_total"))
                .body(containsString("prelim_inference_sessions{deployment=\"" + BRIGHTNESS + "\",provider=\"CPU\"}"));
    }

    @Test
    void outcomesAreCloudEventsKeyedByStudy() {
        StudyReceived study = TestStudy.dark(parts).received();
        send(study);
        StudyAnalyzed outcome = outcome(study, BRIGHTNESS);

        ConsumerRecord<byte[], byte[]> record = outcomes.records().stream()
                .filter(each -> header(each, "ce_id").equals(outcome.outcomeId().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(new String(record.key(), StandardCharsets.UTF_8))
                .isEqualTo(study.studyKey().toString());
        assertThat(header(record, "ce_type")).isEqualTo("io.prelim.StudyAnalyzed.v1");
        assertThat(header(record, "ce_source")).isEqualTo("/prelim/inference");
    }

    @Test
    void aStudyNoModelAppliesToIsPlannedWithReasons() {
        StudyReceived study = TestStudy.of(parts, Priority.ROUTINE, image -> TestStudy.withModality(image, "MR"))
                .received();
        send(study);

        AnalysisPlanned plan = plan(study);
        assertThat(plan.planned()).isEmpty();
        assertThat(plan.declined())
                .hasSize(2)
                .allSatisfy(declined -> assertThat(declined.reason()).startsWith("modality MR is not "));
    }

    @Test
    void whatCannotBeReadIsAnsweredAsFailed() {
        StudyReceived noPixels =
                TestStudy.of(parts, Priority.STAT, TestStudy::withoutPixels).received();
        StudyReceived wrongRows = TestStudy.of(parts, Priority.ROUTINE, image -> TestStudy.withRows(image, 40_000))
                .received();
        TestStudy longer = TestStudy.bright(parts);
        parts.corrupt(longer.pixels(), new byte[500]);
        List.of(noPixels, wrongRows, longer.received()).forEach(this::send);

        assertThat(outcome(noPixels, BRIGHTNESS).reason().code()).isEqualTo("no-pixel-data");
        assertThat(outcome(wrongRows, BRIGHTNESS).reason().code()).isEqualTo("pixel-length-mismatch");
        assertThat(outcome(longer.received(), BRIGHTNESS).reason().code()).isEqualTo("part-length-mismatch");
    }

    @Test
    void aStudyDeliveredAgainHasTheSamePlanAndOutcomeIds() {
        StudyReceived study = TestStudy.bright(parts).received();
        send(study);
        send(study);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomes.events(StudyAnalyzed.class))
                        .filteredOn(each -> of(study, BRIGHTNESS).test(each))
                        .hasSizeGreaterThanOrEqualTo(2)
                        .extracting(StudyAnalyzed::outcomeId)
                        .containsOnly(plan(study).planned().get(0).outcomeId()));
        assertThat(plans.events(AnalysisPlanned.class))
                .filteredOn(each -> each.studyKey().equals(study.studyKey()))
                .extracting(AnalysisPlanned::planId)
                .containsOnly(plan(study).planId());
    }

    @Test
    void aPoisonRecordIsParkedAndItsPartitionMovesOn() {
        StudyReceived next = TestStudy.dark(parts).received();
        byte[] key = next.key().getBytes(StandardCharsets.UTF_8);
        byte[] poison = "{\"studyKey\": 7".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(prefix + Topics.STUDY_RECEIVED, key, poison));
        producer.send(
                new ProducerRecord<>(prefix + Topics.analysisRequested(BRIGHTNESS, Priority.ROUTINE), key, poison));
        send(next);

        assertThat(outcome(next, BRIGHTNESS).status()).isEqualTo(Status.FINDINGS);
        try (TopicTail parked = new TopicTail(bootstrapServers, prefix + TopicNames.PARKED)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(parked.records())
                            .filteredOn(record -> java.util.Arrays.equals(record.value(), poison))
                            .extracting(record -> header(record, "prelim-parked-topic"))
                            .containsExactlyInAnyOrder(
                                    prefix + Topics.STUDY_RECEIVED,
                                    prefix + Topics.analysisRequested(BRIGHTNESS, Priority.ROUTINE)));
        }
        given().get("/q/metrics").then().statusCode(200).body(containsString("prelim_inference_parked_total 2.0"));
    }

    @Test
    void theCatalogueShowsModelsAndWhatWasRefused() {
        given().get("/api/models")
                .then()
                .statusCode(200)
                .body("models.model.deployment", hasItems(BRIGHTNESS, SHIPPED))
                .body("models.model.role", hasItem("ACTIVE"))
                .body("models.provider", equalTo(List.of("CPU", "CPU")))
                .body("models[0].card.clearance", equalTo("none"))
                .body("models[0].selection.modality.anyOf", hasItems("CR", "DX"))
                .body("refused.reason", hasItem(containsString("external data")));
    }

    @Test
    void aCardIsReadByModelIdAndAProblemSaysThereIsNone() {
        given().get("/api/models/brightness/card").then().statusCode(200).body("expires", equalTo("2027-11-30"));
        given().get("/api/models/none/card")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("No such model is in service."));
    }

    @Test
    void itIsReadyAndAlive() {
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body("checks.find { it.name == 'model packages' }.data.inService", equalTo(2)));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(200);
    }

    private void send(Event event) {
        producer.send(prefix + Topics.STUDY_RECEIVED, event);
    }

    private AnalysisPlanned plan(StudyReceived study) {
        return await().atMost(SOON)
                .until(
                        () -> plans.events(AnalysisPlanned.class).stream()
                                .filter(each -> each.studyKey().equals(study.studyKey()))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private StudyAnalyzed outcome(StudyReceived study, String deployment) {
        return await().atMost(SOON)
                .until(
                        () -> outcomes.events(StudyAnalyzed.class).stream()
                                .filter(of(study, deployment))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static Predicate<StudyAnalyzed> of(StudyReceived study, String deployment) {
        return each -> each.studyKey().equals(study.studyKey())
                && each.model().deployment().equals(deployment);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
