package io.prelim.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Event;
import io.prelim.events.EventJson;
import io.prelim.events.PatientContext;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.fixture.TestStudy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
class RelayIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");

    private final Kafka kafka = Kafka.ofService();
    private final List<Relay> relays = new ArrayList<>();

    @Inject
    DataSource database;

    @Inject
    Outbox outbox;

    @Inject
    Claims claims;

    @Inject
    RelayRunner runner;

    @Inject
    OutboxFigures figures;

    @Inject
    ResendBudget budget;

    @Inject
    IngestConfig config;

    @AfterEach
    void close() {
        kafka.close();
        if (!relays.isEmpty()) {
            relays.forEach(Relay::close);
            runner.start();
        }
    }

    @Test
    void sendsAgainUntilTheEffectIsSeen() throws Exception {
        TestStudy study = TestStudy.stored(database);
        add(study, Topics.PATIENT_CONTEXT, study.context(1), 1);
        add(study, Topics.STUDY_RECEIVED, study.received(1), 1);
        List<ConsumerRecord<String, byte[]>> sent = await().atMost(LIMIT)
                .until(
                        () -> kafka.records(
                                Topics.STUDY_RECEIVED, study.studyKey().toString()),
                        records -> records.size() >= 2);

        kafka.send(Topics.ANALYSIS_PLANNED, study.plan(1, TestStudy.FAR));
        kafka.send(Topics.REPORT_CHANGED, study.report(1, 1, true));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(unsettled(study)).isEmpty());
        assertThat(sent).allSatisfy(each -> {
            assertThat(header(each, "ce_id"))
                    .isEqualTo(study.eventId(Topics.STUDY_RECEIVED, 1).toString());
            assertThat(header(each, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(each, "ce_type")).isEqualTo("io.prelim.StudyReceived.v1");
            assertThat(header(each, "ce_source")).isEqualTo("/prelim/ingest");
            assertThat(header(each, "ce_subject")).isEqualTo(study.studyKey().toString());
            assertThat(header(each, "ce_time")).isEqualTo(TIME.toString());
            assertThat(header(each, "ce_dataschema")).isEqualTo("urn:prelim:schema:StudyReceived.v1");
            assertThat(header(each, "content-type")).isEqualTo("application/json");
            assertThat(EventJson.read(each.value(), StudyReceived.class)).isEqualTo(study.received(1));
        });
        List<ConsumerRecord<String, byte[]>> contexts =
                kafka.records(Topics.PATIENT_CONTEXT, study.studyKey().toString());
        assertThat(EventJson.read(contexts.get(0).value(), PatientContext.class))
                .isEqualTo(study.context(1));
    }

    @Test
    void aPlanForOtherInputIsNotTheEffect() throws Exception {
        TestStudy study = TestStudy.stored(database);
        add(study, Topics.STUDY_RECEIVED, study.received(1), 1);

        QuarkusTransaction.requiringNew().run(() -> {
            outbox.sawPlan(ofInput("sha256:other", study.plan(1, TestStudy.FAR)));
            outbox.sawReport(study.studyKey(), 1);
        });

        assertThat(unsettled(study)).containsExactly(Topics.STUDY_RECEIVED);
    }

    @Test
    void whoIsToldAgainIsToldTheFirstPlan() throws Exception {
        TestStudy study = TestStudy.stored(database);
        AnalysisPlanned plan = study.plan(1, TestStudy.FAR, TestStudy.active("chest"));
        add(study, Topics.STUDY_RECEIVED, study.received(1), 1);

        kafka.send(Topics.ANALYSIS_PLANNED, plan);
        kafka.send(
                Topics.ANALYSIS_PLANNED,
                study.plan(1, TestStudy.FAR, TestStudy.active("chest"), TestStudy.active("bone")));

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(last(study)).isEqualTo(study.received(1).withPlan(plan)));
        int sent = sends(study);
        await().atMost(LIMIT).until(() -> sends(study) > sent + 1);
        assertThat(last(study)).isEqualTo(study.received(1).withPlan(plan));
    }

    private int sends(TestStudy study) {
        return kafka.records(Topics.STUDY_RECEIVED, study.studyKey().toString()).size();
    }

    /** What was last told of a study. */
    private StudyReceived last(TestStudy study) throws Exception {
        List<ConsumerRecord<String, byte[]>> sent =
                kafka.records(Topics.STUDY_RECEIVED, study.studyKey().toString());
        assertThat(sent).isNotEmpty();
        return EventJson.read(sent.get(sent.size() - 1).value(), StudyReceived.class);
    }

    private static AnalysisPlanned ofInput(String inputDigest, AnalysisPlanned plan) {
        return new AnalysisPlanned(
                plan.planId(),
                plan.studyKey(),
                plan.studyInstanceUid(),
                plan.revision(),
                inputDigest,
                plan.priority(),
                plan.planned(),
                plan.declined(),
                plan.plannedAt());
    }

    @Test
    void contextIsSettledByAcknowledgementAfterTheReport() throws Exception {
        TestStudy study = TestStudy.stored(database);
        runnerStops();
        add(study, Topics.PATIENT_CONTEXT, study.context(1), 1);

        QuarkusTransaction.requiringNew().run(() -> outbox.sawReport(study.studyKey(), 1));

        assertThat(unsettled(study)).containsExactly(Topics.PATIENT_CONTEXT);
        relay(new FakeSender());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(unsettled(study)).isEmpty());
    }

    @Test
    void aNewerRevisionSupersedes() throws Exception {
        TestStudy study = TestStudy.stored(database);
        add(study, Topics.STUDY_RECEIVED, study.received(1), 1);

        add(study, Topics.STUDY_RECEIVED, study.received(2), 2);

        assertThat(Rows.of(
                        database,
                        "select revision from outbox where study_key = ? and settled_at is null",
                        study.studyKey()))
                .containsExactly("2");
    }

    @Test
    void rowsWaitForABrokerThatIsAwayAndTheServiceStaysReady() throws Exception {
        TestStudy study = TestStudy.stored(database);
        runnerStops();
        settleThoseOfOtherTests();
        Relay away = relay(runner.sender(Map.of("bootstrap.servers", "127.0.0.1:" + closedPort())));
        add(study, Topics.STUDY_RECEIVED, study.received(1), 1);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Rows.of(
                                database,
                                "select failures from outbox where study_key = ? and sent_at is null",
                                study.studyKey()))
                        .isNotEmpty()
                        .doesNotContain("0"));
        assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(200);

        away.close();
        runner.start();

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(kafka.records(
                                Topics.STUDY_RECEIVED, study.studyKey().toString()))
                        .isNotEmpty());
        runner.stop();
    }

    @Test
    void aStudysRowWaitsForTheOneBeforeIt() throws Exception {
        TestStudy stuck = TestStudy.stored(database);
        TestStudy other = TestStudy.stored(database);
        runnerStops();
        for (TestStudy study : List.of(stuck, other)) {
            add(study, Topics.PATIENT_CONTEXT, study.context(1), 1);
            add(study, Topics.STUDY_RECEIVED, study.received(1), 1);
        }
        UUID first = stuck.eventId(Topics.PATIENT_CONTEXT, 1);
        UUID second = stuck.eventId(Topics.STUDY_RECEIVED, 1);
        FakeSender sender = new FakeSender();
        sender.fails = row -> row.eventId.equals(first);
        relay(sender);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(sender.sent)
                        .contains(other.eventId(Topics.PATIENT_CONTEXT, 1), other.eventId(Topics.STUDY_RECEIVED, 1)));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Rows.of(
                                database, "select failures from outbox where event_id = ? and failures > 1", first))
                        .isNotEmpty());
        assertThat(sender.sent).doesNotContain(first, second);

        sender.fails = row -> false;

        await().atMost(LIMIT).untilAsserted(() -> assertThat(sender.sent).contains(first, second));
        assertThat(sender.sent.indexOf(first)).isLessThan(sender.sent.indexOf(second));
    }

    @Test
    void relaysShareTheOutbox() throws Exception {
        runnerStops();
        List<UUID> added = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            TestStudy study = TestStudy.stored(database);
            add(study, Topics.STUDY_RECEIVED, study.received(1), 1);
            added.add(study.eventId(Topics.STUDY_RECEIVED, 1));
        }
        List<FakeSender> senders = List.of(new FakeSender(), new FakeSender(), new FakeSender());

        senders.forEach(this::relay);

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Rows.of(
                                database, "select event_id from outbox where sends > 0 and event_id = any (?)", (Object)
                                        added.toArray(UUID[]::new)))
                        .hasSize(60));
        relays.forEach(Relay::close);
        for (UUID id : added) {
            long sends = senders.stream()
                    .flatMap(sender -> sender.sent.stream())
                    .filter(id::equals)
                    .count();
            assertThat(Rows.of(database, "select sends from outbox where event_id = ?", id))
                    .containsExactly(Long.toString(sends));
        }
    }

    @Test
    void aRowTheBrokerWillNeverTakeLeavesTheQueueAndStaysVisible() throws Exception {
        TestStudy study = TestStudy.stored(database);
        runnerStops();
        add(study, Topics.STUDY_RECEIVED, study.received(1), 1);
        Rows.of(
                database,
                "update outbox set payload = convert_to(repeat('x', 2000000), 'UTF8') where study_key = ? returning 1",
                study.studyKey());

        relay(runner.sender(Map.of("bootstrap.servers", Kafka.config("kafka.bootstrap.servers"))));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Rows.of(
                                database,
                                "select refusal from outbox where study_key = ? and settled_at is not null",
                                study.studyKey()))
                        .containsExactly("RecordTooLargeException"));
    }

    /** A broker that is away is tried with the oldest row first. */
    private void settleThoseOfOtherTests() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update outbox set settled_at = clock_timestamp() where settled_at is null");
        }
    }

    private void runnerStops() {
        runner.stop();
    }

    private Relay relay(Sender sender) {
        Relay relay = Relay.start(claims, sender, config.relay(), figures, budget);
        relays.add(relay);
        return relay;
    }

    private void add(TestStudy study, String topic, Event event, int revision) {
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.add(study.eventId(topic, revision), study.studyKey(), revision, topic, event, TIME));
    }

    private List<String> unsettled(TestStudy study) {
        return Rows.of(
                database,
                "select topic from outbox where study_key = ? and settled_at is null order by sequence",
                study.studyKey());
    }

    private static String header(ConsumerRecord<String, byte[]> consumed, String name) {
        return new String(consumed.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
