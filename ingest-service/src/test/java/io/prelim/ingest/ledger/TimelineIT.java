package io.prelim.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Event;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.Priority;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.TestStudy;
import io.prelim.ingest.receive.InstanceReceiver;
import io.prelim.ingest.receive.Reception;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a study is, asked at each point of its way; the other services are played. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class TimelineIT {
    private static final ModelReference CHEST = TestStudy.active("chest");
    private static final ModelReference HAND = TestStudy.model("hand", ModelRole.SHADOW);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Kafka kafka = Kafka.ofService();

    @Inject
    DicomListener listener;

    @Inject
    InstanceReceiver receiver;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    @Inject
    Ledger ledger;

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void everyStageFromTheFirstInstanceToTheDraftInTheOrderInWhichItHappened() throws Exception {
        TestObject object = TestObject.radiograph();
        store(object);
        StudyReceived received = index.awaitReceived(object.study(), 1);
        UUID key = received.studyKey();
        awaitEntry(key, "PUBLISHED");
        timeline(key).body("waitingFor.what", equalTo(List.of("PLAN")));

        Instant deadline = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        send(Topics.ANALYSIS_PLANNED, plan(received, deadline));
        awaitEntry(key, "PLANNED");
        timeline(key)
                .body("waitingFor.what", equalTo(List.of("ANSWERS")))
                .body("waitingFor[0].by", equalTo(deadline.toString()))
                .body(
                        "waitingFor[0].next",
                        equalTo("models that must answer and have not: 1 of 1;"
                                + " failed without an answer after that"))
                .body("models.deployment", equalTo(List.of("chest", "hand")))
                .body("models[0].answeredAt", nullValue());

        send(Topics.STUDY_ANALYZED, failed(received));
        awaitEntry(key, "ANALYZED");
        timeline(key).body("waitingFor.what", equalTo(List.of("REPORT")));
        send(Topics.REPORT_CHANGED, report(received, 1, false));
        send(Topics.REPORT_CHANGED, report(received, 2, true));
        awaitEntry(key, "DRAFTED");

        JsonPath told = timeline(key)
                .contentType("application/json")
                .body("studyInstanceUid", equalTo(object.study()))
                .body("stage", equalTo("DRAFTED"))
                .body("revision", equalTo(1))
                .body("instances", equalTo(1))
                .body("priority", equalTo("ROUTINE"))
                .body("asOf", notNullValue())
                .body("waitingFor", empty())
                .body("leftOut", equalTo(0))
                .body("models[0].status", equalTo("FAILED"))
                .body("models[1].status", nullValue())
                .extract()
                .jsonPath();
        assertThat(told.getList("entries.what", String.class).stream()
                        .filter(what -> !what.equals("PUBLISHED"))
                        .toList())
                .containsExactly(
                        "FIRST_INSTANCE",
                        "LAST_INSTANCE",
                        "QUIET",
                        "ASSEMBLED",
                        "PLANNED",
                        "OUTCOME",
                        "ANALYZED",
                        "REPORT",
                        "REPORT",
                        "DRAFTED");
        assertThat(told.getList("entries.what", String.class).indexOf("PUBLISHED"))
                .isEqualTo(4);
        assertThat(told.getList("spans.name"))
                .containsExactly("receiving", "quiet", "publishing", "planning", "analysing", "drafting", "total");
        assertThat(told.getList("spans.ms", Long.class)).allMatch(ms -> ms >= 0);
        assertThat(told.getList("entries.afterMs", Long.class).subList(1, 11)).allMatch(ms -> ms >= 0);
        assertThat(told.getString("entries.find { it.what == 'OUTCOME' }.detail"))
                .isEqualTo("chest failed: no pixel data; on CPU; attempts: 2;"
                        + " ms queued 1, fetching 2, preparing 3, running 4");
        assertThat(told.getMap("entries.find { it.what == 'OUTCOME' }.outcome"))
                .containsEntry("deployment", "chest")
                .containsEntry("status", "FAILED")
                .containsEntry("reason", "no pixel data")
                .containsEntry("attempts", 2)
                .containsEntry("timings", java.util.Map.of("queuedMs", 1, "fetchMs", 2, "prepareMs", 3, "runMs", 4));
        assertThat(told.getList("entries.findAll { it.what == 'REPORT' }.detail", String.class))
                .first()
                .asString()
                .endsWith(" version 1: draft, not settled, answers: 1, position 101");
        assertThat(told.getString("entries.find { it.what == 'PLANNED' }.seenAt"))
                .isNotNull();
        assertThat(told.getString("entries.find { it.what == 'QUIET' }.seenAt")).isNull();
    }

    @Test
    void itBeginsWithTheFirstByteOfTheFirstInstance() throws Exception {
        TestObject object = TestObject.radiograph();
        Duration slow = Duration.ofMillis(300);
        byte[] bytes = object.bytes();
        InputStream rest = new ByteArrayInputStream(bytes, bytes.length / 2, bytes.length) {
            private boolean waited;

            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (!waited) {
                    waited = true;
                    long end = System.nanoTime() + slow.toNanos();
                    for (long left = slow.toNanos(); left > 0; left = end - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                }
                return super.read(into, offset, length);
            }
        };

        receiver.receive(
                        new Reception(
                                "SLOW", object.sopClass(), object.sopInstance(), null, Uid.EXPLICIT_VR_LITTLE_ENDIAN),
                        new SequenceInputStream(new ByteArrayInputStream(bytes, 0, bytes.length / 2), rest))
                .toCompletableFuture()
                .get();

        JsonPath told = timeline(Ids.study("default", object.study())).extract().jsonPath();
        Instant firstByte = Instant.parse(told.getString("entries.find { it.what == 'FIRST_INSTANCE' }.at"));
        Instant stored = Instant.parse(told.getString("entries.find { it.what == 'FIRST_INSTANCE' }.seenAt"));
        assertThat(Duration.between(firstByte, stored)).isGreaterThanOrEqualTo(slow.minusMillis(1));
    }

    @Test
    void aLateImageIsARevisionOfItsOwn() throws Exception {
        TestObject object = TestObject.radiograph();
        store(object);
        StudyReceived first = index.awaitReceived(object.study(), 1);
        store(TestObject.image(object.study(), object.series(), 2, 4096));
        UUID key = first.studyKey();
        timeline(key)
                .body("waitingFor[0].what", equalTo("QUIET_PERIOD"))
                .body("waitingFor[0].by", notNullValue())
                .body(
                        "entries.find { it.what == 'LAST_INSTANCE' && it.revision == 2 }.detail",
                        equalTo("so far; objects: 1, images: 1"));

        index.awaitReceived(object.study(), 2);

        await().atMost(LIMIT)
                .untilAsserted(() -> timeline(key)
                        .body("revision", equalTo(2))
                        .body(
                                "entries.findAll { it.revision == 2 && it.what != 'PUBLISHED' }.what",
                                equalTo(List.of("LATE_INSTANCE", "LAST_INSTANCE", "QUIET", "ASSEMBLED")))
                        .body("spans.name", equalTo(List.of("receiving", "quiet", "publishing"))));
    }

    @Test
    void aStudyWithoutImagesEndsThere() throws Exception {
        TestObject report = TestObject.report(TestObject.radiograph().study());
        store(report);
        UUID key = Ids.study("default", report.study());

        awaitEntry(key, "NO_IMAGES");

        timeline(key)
                .body("stage", equalTo("NOT_ANALYZED"))
                .body("waitingFor", empty())
                .body("entries.what", equalTo(List.of("FIRST_INSTANCE", "LAST_INSTANCE", "QUIET", "NO_IMAGES")));
    }

    @Test
    void whatIsErasedIsToldToTheLastByte() throws Exception {
        TestObject object = TestObject.radiograph();
        store(object);
        UUID key = index.awaitReceived(object.study(), 1).studyKey();
        awaitEntry(key, "PUBLISHED");

        RestAssured.delete("/api/studies/{key}", key).then().statusCode(202);

        awaitEntry(key, "BYTES_REMOVED");
        timeline(key)
                .body("stage", equalTo("ERASED"))
                .body("waitingFor", empty())
                .body("entries[-2].what", equalTo("ERASED"))
                .body("entries[-1].what", equalTo("BYTES_REMOVED"));
    }

    @Test
    void theSameIsReadableOnATerminal() throws Exception {
        TestObject object = TestObject.radiograph();
        store(object);
        UUID key = index.awaitReceived(object.study(), 1).studyKey();

        String text = RestAssured.given()
                .accept("text/plain")
                .get("/api/studies/{key}/timeline", key)
                .then()
                .statusCode(200)
                .contentType("text/plain;charset=UTF-8")
                .extract()
                .asString();

        assertThat(text)
                .startsWith("study " + object.study() + "\nkey   " + key + "\n")
                .containsPattern("FIRST_INSTANCE +first instance")
                .containsPattern("r1 +ASSEMBLED +images: 1");
    }

    @Test
    void ofThousandsOfEntriesTheLatestAreToldAndTheOthersCounted() throws Exception {
        TestStudy study = TestStudy.stored(database);
        QuarkusTransaction.requiringNew().run(() -> {
            for (int i = 0; i < 3000; i++) {
                ledger.record(study.studyKey(), 1, Fact.REPORT, "version " + i, "report:" + i, null);
            }
        });

        timeline(study.studyKey())
                .body("leftOut", equalTo(2500))
                .body("entries", hasSize(500))
                .body("entries[0].detail", equalTo("version 2500"))
                .body("entries[499].detail", equalTo("version 2999"));
        RestAssured.get("/api/studies/{key}/timeline?limit=2", study.studyKey())
                .then()
                .statusCode(200)
                .body("leftOut", equalTo(2998))
                .body("entries.detail", equalTo(List.of("version 2998", "version 2999")));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/studies/00000000-0000-5000-8000-000000000000/timeline, 404",
        "/api/studies/CANARY-4711/timeline, 400",
        "/api/studies/00000000-0000-5000-8000-000000000000/timeline?limit=0, 400",
        "/api/studies/00000000-0000-5000-8000-000000000000/timeline?limit=5001, 400",
        "/api/studies/00000000-0000-5000-8000-000000000000/timeline?patient=x, 400"
    })
    void aWrongQuestionIsAProblem(String address, int status) {
        for (String accepted : List.of("application/json", "text/plain", "*/*")) {
            String body = RestAssured.given()
                    .accept(accepted)
                    .get(address)
                    .then()
                    .statusCode(status)
                    .contentType("application/problem+json")
                    .body("status", equalTo(status))
                    .extract()
                    .asString();
            assertThat(body).doesNotContain("CANARY");
        }
    }

    private void store(TestObject object) throws Exception {
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(object)).isEqualTo(StoreResponse.SUCCESS);
        }
    }

    private static ValidatableResponse timeline(UUID key) {
        return RestAssured.get("/api/studies/{key}/timeline", key).then().statusCode(200);
    }

    private static void awaitEntry(UUID key, String what) {
        await().atMost(LIMIT)
                .until(() -> timeline(key)
                        .extract()
                        .jsonPath()
                        .getList("entries.what")
                        .contains(what));
    }

    private void send(String topic, Event event) {
        kafka.send(topic, event);
    }

    private static AnalysisPlanned plan(StudyReceived study, Instant deadline) {
        return new AnalysisPlanned(
                Ids.plan(study.studyKey(), study.revision(), study.inputDigest()),
                study.studyKey(),
                study.studyInstanceUid(),
                study.revision(),
                study.inputDigest(),
                Priority.ROUTINE,
                List.of(
                        new AnalysisPlanned.Planned(CHEST, outcomeId(study, CHEST), deadline),
                        new AnalysisPlanned.Planned(HAND, outcomeId(study, HAND), deadline)),
                List.of(),
                Instant.now());
    }

    private static StudyAnalyzed failed(StudyReceived study) {
        return new StudyAnalyzed(
                outcomeId(study, CHEST),
                study.studyKey(),
                study.studyInstanceUid(),
                study.revision(),
                study.inputDigest(),
                CHEST,
                StudyAnalyzed.Status.FAILED,
                List.of(),
                new StudyAnalyzed.Reason("no-pixel-data", null),
                "CPU",
                2,
                new StudyAnalyzed.Timings(1, 2, 3, 4),
                Instant.now());
    }

    private static ReportChanged report(StudyReceived study, int version, boolean settled) {
        return new ReportChanged(
                Ids.report(study.studyKey()),
                List.of(study.studyKey()),
                List.of(study.studyInstanceUid()),
                version,
                100 + version,
                study.revision(),
                ReportChanged.Status.DRAFT,
                settled,
                Priority.ROUTINE,
                List.of(outcomeId(study, CHEST)),
                Instant.now());
    }

    private static UUID outcomeId(StudyReceived study, ModelReference model) {
        return Ids.outcome(study.studyKey(), study.inputDigest(), model.modelDigest(), model.manifestDigest());
    }
}
