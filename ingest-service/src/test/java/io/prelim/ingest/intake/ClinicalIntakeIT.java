package io.prelim.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.events.CloudEvent;
import io.prelim.events.Code;
import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Order;
import io.prelim.events.OrderChanged;
import io.prelim.events.OrderPlaced;
import io.prelim.events.Patient;
import io.prelim.events.PatientMerged;
import io.prelim.events.PatientUpdated;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.hl7.MllpListener;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders and patients that an integration engine publishes itself. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class ClinicalIntakeIT {
    private static final IdentityKeys KEYS = new IdentityKeys(ServiceUnderTest.IDENTITY_SECRET);
    private static final Instant AT = Instant.parse("2026-01-02T10:15:00Z");

    private final Kafka kafka = Kafka.ofService();
    private final String number = UUID.randomUUID().toString();

    @Inject
    DicomListener dicom;

    @Inject
    MllpListener mllp;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void anOrderOfTheTopicIsTheStudys() throws Exception {
        kafka.send(Topics.ORDERS, placed(order(Priority.STAT)));
        await().until(() -> priority().equals(List.of("STAT")));
        TestObject object =
                TestObject.radiograph().with(Tag.PATIENT_ID, "P" + number).with(Tag.ACCESSION_NUMBER, "A" + number);

        try (Sender sender = Sender.connect(dicom.port())) {
            sender.send(object);
        }

        StudyReceived received = index.awaitReceived(object.study(), 1);
        assertThat(received.priority()).isEqualTo(Priority.STAT);
        assertThat(received.procedure()).isEqualTo(new Code("SCT", "399208008", "Plain chest X-ray"));
    }

    @Test
    void anEventThatComesAgainAfterALaterOneHasNoEffect() throws Exception {
        OrderPlaced placed = placed(order(Priority.ROUTINE));
        UUID id = UUID.randomUUID();
        kafka.send(Topics.ORDERS, CloudEvent.of(id, "engine", AT, placed));
        kafka.send(Topics.ORDERS, new OrderChanged(placed.orderKey(), order(Priority.STAT), AT.plusSeconds(1)));
        await().until(() -> priority().equals(List.of("STAT")));

        kafka.send(Topics.ORDERS, CloudEvent.of(id, "engine", AT, placed));
        // a third of the same key tells that the second time was passed
        Order cancelled = withStatus(order(Priority.STAT), Order.Status.CANCELLED);
        kafka.send(Topics.ORDERS, CloudEvent.of(id, "other", AT, new OrderChanged(placed.orderKey(), cancelled, AT)));

        await().until(() -> Rows.of(database, "select status from orders where order_key = ?", placed.orderKey())
                .equals(List.of("CANCELLED")));
        assertThat(priority()).containsExactly("STAT");
    }

    @Test
    void whatCameByHl7IsPublishedAndHasNoEffectTwice() throws Exception {
        String message = Engine.message("ORM^O01", number, "PID|1||P" + number, "ORC|NW|O" + number, "OBR|1");
        try (Engine engine = Engine.connect(mllp.port())) {
            assertThat(engine.send(message)).isEqualTo("AA");
        }

        String key = key().toString();
        List<ConsumerRecord<String, byte[]>> sent =
                await().until(() -> kafka.records(Topics.ORDERS, key), records -> !records.isEmpty());
        assertThat(attribute(sent.get(0), "ce_type")).isEqualTo("io.prelim.OrderPlaced.v1");
        assertThat(attribute(sent.get(0), "ce_source")).isEqualTo("/prelim/ingest");
        assertThat(attribute(sent.get(0), "ce_subject")).isEqualTo(key);
        await().until(() -> Rows.of(
                        database, "select 1 from outbox where study_key = ? and settled_at is not null", key())
                .equals(List.of("1")));
        // what follows it in its partition shows that it was passed
        kafka.send(Topics.ORDERS, new OrderChanged(key(), order(Priority.STAT), AT));
        await().until(() -> priority().equals(List.of("STAT")));
        assertThat(parked(
                        sent.get(0).topic(),
                        sent.get(0).partition(),
                        sent.get(0).offset()))
                .isEmpty();
    }

    @Test
    void patientsAreKeptAndMergesOfTheTopicAreLinks() {
        Patient patient = patient("P" + number);
        Patient prior = patient("Q" + number);
        UUID key = KEYS.patient("default", patient.id());
        UUID priorKey = KEYS.patient("default", prior.id());

        kafka.send(Topics.PATIENTS, new PatientUpdated(priorKey, prior, AT));
        kafka.send(Topics.PATIENTS, new PatientMerged(key, patient, priorKey, prior, AT));

        await().until(() -> Rows.of(database, "select into_key from patient_links where prior_key = ?", priorKey)
                .equals(List.of(key.toString())));
    }

    @Test
    void aMergeInACircleIsParked() {
        Patient patient = patient("P" + number);
        Patient prior = patient("Q" + number);
        UUID key = KEYS.patient("default", patient.id());
        UUID priorKey = KEYS.patient("default", prior.id());
        kafka.send(Topics.PATIENTS, new PatientMerged(key, patient, priorKey, prior, AT));
        await().until(() -> !Rows.of(database, "select 1 from patient_links where prior_key = ?", priorKey)
                .isEmpty());

        RecordMetadata sent = kafka.send(
                Topics.PATIENTS,
                CloudEvent.of(UUID.randomUUID(), "engine", AT, new PatientMerged(priorKey, prior, key, patient, AT)));

        await().untilAsserted(() -> assertThat(parked(sent.topic(), sent.partition(), sent.offset()))
                .containsExactly("merge refused: CYCLE"));
    }

    static Stream<Arguments> poison() {
        Order order = order("X", Priority.STAT);
        UUID key = KEYS.order("default", Phi.of("OX"));
        UUID wrong = new IdentityKeys("of somebody else's secret").order("default", Phi.of("OX"));
        return Stream.of(
                Arguments.of(new OrderPlaced(wrong, order, AT), "orderKey is not that of its issuer and number"),
                Arguments.of(
                        new OrderPlaced(key, order, null),
                        "order, its issuer, both its numbers or occurredAt are missing"),
                Arguments.of(
                        new OrderPlaced(key, withStatus(order, null), AT), "priority, status or patient are missing"),
                Arguments.of(new PatientUpdated(key, order.patient(), AT), "ce_type is none of those of the topic"));
    }

    @ParameterizedTest
    @MethodSource
    void poison(Event event, String why) throws Exception {
        RecordMetadata sent = kafka.send(Topics.ORDERS, CloudEvent.of(UUID.randomUUID(), "engine", AT, event));

        await().untilAsserted(() -> assertThat(parked(sent.topic(), sent.partition(), sent.offset()))
                .containsExactly(why));
    }

    @Test
    void aRecordWithoutAttributesIsParkedAndThePartitionMovesOn() {
        RecordMetadata sent = kafka.send(Topics.ORDERS, key().toString(), "{}".getBytes(StandardCharsets.UTF_8));
        kafka.send(Topics.ORDERS, placed(order(Priority.ROUTINE)));

        await().until(() -> priority().equals(List.of("ROUTINE")));
        assertThat(parked(sent.topic(), sent.partition(), sent.offset()))
                .containsExactly("ce_type is none of those of the topic");
    }

    private OrderPlaced placed(Order order) {
        return new OrderPlaced(key(), order, AT);
    }

    private UUID key() {
        return KEYS.order("default", Phi.of("O" + number));
    }

    private Order order(Priority priority) {
        return order(number, priority);
    }

    private static Order order(String number, Priority priority) {
        return new Order(
                "default",
                Phi.of("O" + number),
                null,
                "default",
                Phi.of("A" + number),
                null,
                patient("P" + number),
                new Code("L", "CXR", null),
                priority,
                null,
                Order.Status.SCHEDULED,
                null);
    }

    private static Order withStatus(Order order, Order.Status status) {
        return new Order(
                order.issuer(),
                order.placerOrderNumber(),
                order.fillerOrderNumber(),
                order.accessionIssuer(),
                order.accessionNumber(),
                order.studyInstanceUid(),
                order.patient(),
                order.procedure(),
                order.priority(),
                order.indication(),
                status,
                order.site());
    }

    private static Patient patient(String id) {
        return new Patient("default", Phi.of(id), Phi.of("Doe^Jane"), null, null);
    }

    private List<String> priority() {
        return Rows.of(database, "select priority from orders where order_key = ?", key());
    }

    private List<String> parked(String topic, int partition, long offset) {
        return Rows.of(
                database,
                "select error from parked where topic = ? and partition_id = ? and record_offset = ?",
                topic,
                partition,
                offset);
    }

    private static String attribute(ConsumerRecord<String, byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
