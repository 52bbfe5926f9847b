package io.prelim.ingest.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.events.Code;
import io.prelim.events.EventJson;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Ids;
import io.prelim.events.OrderReference;
import io.prelim.events.PatientContext;
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
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Studies find their orders, over real doors. Each test has numbers of its own. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class OrdersIT {
    private static final IdentityKeys KEYS = new IdentityKeys(ServiceUnderTest.IDENTITY_SECRET);
    private static final Code CHEST = new Code("SCT", "399208008", "Plain chest X-ray");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Inject
    DicomListener dicom;

    @Inject
    MllpListener mllp;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    private final String number = "OIT" + NUMBERS.incrementAndGet() + "-"
            + UUID.randomUUID().toString().substring(0, 6);
    private final String patient = "P" + number;
    private final String accession = "A" + number;
    private int messages;

    @Test
    void orderBeforeImage() throws Exception {
        assertThat(order("NW", "S")).isEqualTo("AA");
        TestObject object = image();

        store("TESTER", object);

        StudyReceived received = index.awaitReceived(object.study(), 1);
        assertThat(received.priority()).isEqualTo(Priority.STAT);
        assertThat(received.procedure()).isEqualTo(CHEST);
        PatientContext context = index.awaitContext(object.study(), 1);
        assertThat(context.indication()).isEqualTo(Phi.of("cough"));
        assertThat(context.procedure()).isEqualTo(CHEST);
        assertThat(context.orders())
                .containsExactly(new OrderReference(
                        orderKey(), Phi.of("O" + number), Phi.of("F" + number), new Code("L", "CXR", "Chest")));
        assertThat(orders(object)).containsExactly("MATCHED []");
    }

    @Test
    void imageBeforeOrder() throws Exception {
        TestObject object = image();
        store("TESTER", object);
        StudyReceived before = index.awaitReceived(object.study(), 1);
        assertThat(before.priority()).isEqualTo(Priority.ROUTINE);
        assertThat(before.procedure()).isNull();
        assertThat(index.awaitContext(object.study(), 1).orders()).isNull();

        assertThat(order("NW", "S")).isEqualTo("AA");

        // committed before the acknowledgement
        assertThat(orders(object)).containsExactly("MATCHED []");
        PatientContext context = told(object, Topics.PATIENT_CONTEXT, PatientContext.class);
        assertThat(context.indication()).isEqualTo(Phi.of("cough"));
        assertThat(context.procedure()).isEqualTo(CHEST);
        StudyReceived received = told(object, Topics.STUDY_RECEIVED, StudyReceived.class);
        assertThat(received.priority()).isEqualTo(Priority.STAT);
        assertThat(received.procedure()).isEqualTo(CHEST);
        assertThat(received.revision()).isEqualTo(1);
        assertThat(received.inputDigest()).isEqualTo(before.inputDigest());
        try (Kafka kafka = Kafka.ofService()) {
            await().untilAsserted(() -> assertThat(
                            kafka.records(Topics.STUDY_RECEIVED, key(object).toString()))
                    .anySatisfy(
                            sent -> assertThat(read(sent, StudyReceived.class).priority())
                                    .isEqualTo(Priority.STAT)));
        }
    }

    @Test
    void aLateUpgradeTellsTheSameInputAgainAndOnceOnly() throws Exception {
        order("NW", "R");
        TestObject object = image();
        store("TESTER", object);
        assertThat(index.awaitReceived(object.study(), 1).priority()).isEqualTo(Priority.ROUTINE);

        order("XO", "S");
        order("XO", "S");
        order("XO", "R");

        assertThat(told(object, Topics.STUDY_RECEIVED, StudyReceived.class).priority())
                .isEqualTo(Priority.STAT);
        assertThat(rows(object, Topics.STUDY_RECEIVED)).hasSize(2);
        assertThat(RestAssured.get("/api/studies/" + key(object))
                        .path("priority")
                        .toString())
                .isEqualTo("STAT");
    }

    @Test
    void anUpgradeAfterTheDraftIsToldTooSoThatItsReportBecomesUrgent() throws Exception {
        order("NW", "R");
        TestObject object = image();
        store("TESTER", object);
        index.awaitReceived(object.study(), 1);
        try (Connection connection = database.getConnection();
                PreparedStatement settle = connection.prepareStatement(
                        "update outbox set settled_at = clock_timestamp(), report_seen_at = clock_timestamp()"
                                + " where study_key = ?")) {
            settle.setObject(1, key(object));
            settle.executeUpdate();
        }

        order("XO", "S");

        assertThat(told(object, Topics.STUDY_RECEIVED, StudyReceived.class).priority())
                .isEqualTo(Priority.STAT);
        assertThat(RestAssured.get("/api/studies/" + key(object) + "/timeline")
                        .jsonPath()
                        .getString("entries.find { it.what == 'PRIORITY' }.detail"))
                .isEqualTo("stat, by its order");
    }

    @Test
    void anOrderOfTheStudyWithoutAccessionNumberMatchesByItsUid() throws Exception {
        TestObject object = image();
        object.dataSet().remove(Tag.ACCESSION_NUMBER);

        assertThat(send(
                        "ORM^O01",
                        pid(patient, "19700102"),
                        "ORC|NW|O" + number,
                        "OBR|1|||CXR",
                        "ZDS|" + object.study()))
                .isEqualTo("AA");
        store("TESTER", object);

        assertThat(index.awaitReceived(object.study(), 1).procedure()).isEqualTo(CHEST);
    }

    @Test
    void aCancelledOrderIsNoLongerTheStudys() throws Exception {
        order("NW", "R");
        TestObject object = image();
        store("TESTER", object);
        assertThat(index.awaitContext(object.study(), 1).orders()).hasSize(1);

        assertThat(send("ORM^O01", pid(patient, "19700102"), "ORC|CA|O" + number))
                .isEqualTo("AA");

        assertThat(orders(object)).isEmpty();
        PatientContext context = told(object, Topics.PATIENT_CONTEXT, PatientContext.class);
        assertThat(context.orders()).isNull();
        assertThat(context.indication()).isNull();
        assertThat(context.procedure()).isNull();
    }

    @Test
    void anotherPatientUnderTheSameAccessionNumberIsFlaggedAndNothingIsTaken() throws Exception {
        order("NW", "S");
        TestObject object = image().with(Tag.PATIENT_ID, "X" + number);

        store("TESTER", object);

        StudyReceived received = index.awaitReceived(object.study(), 1);
        assertThat(received.priority()).isEqualTo(Priority.ROUTINE);
        assertThat(received.procedure()).isNull();
        PatientContext context = index.awaitContext(object.study(), 1);
        assertThat(context.orders()).isNull();
        assertThat(context.indication()).isNull();
        assertThat(context.patientId()).isEqualTo(Phi.of("X" + number));
        assertThat(orders(object)).containsExactly("DIFFERS [patient-id]");
        assertThat(Files.readString(ServiceUnderTest.LOG))
                .contains(
                        "INGEST-8301",
                        "studyKey=" + key(object) + " orderKey=" + orderKey() + " state=DIFFERS differs=patient-id")
                .doesNotContain(number);
    }

    @Test
    void nothingToCompareIsNoMatch() throws Exception {
        order("NW", "S");
        TestObject object = image();
        object.dataSet().remove(Tag.PATIENT_ID).remove(Tag.PATIENT_BIRTH_DATE);

        store("TESTER", object);

        assertThat(index.awaitReceived(object.study(), 1).procedure()).isNull();
        assertThat(orders(object)).containsExactly("UNCONFIRMED []");
    }

    @Test
    void aMergeConfirmsWhatDiffered() throws Exception {
        order("NW", "S");
        TestObject object = image().with(Tag.PATIENT_ID, "OLD" + number);
        store("TESTER", object);
        index.awaitReceived(object.study(), 1);
        assertThat(orders(object)).containsExactly("DIFFERS [patient-id]");

        assertThat(merge(patient, "OLD" + number)).isEqualTo("AA");

        assertThat(orders(object)).containsExactly("MATCHED []");
        PatientContext context = told(object, Topics.PATIENT_CONTEXT, PatientContext.class);
        assertThat(context.indication()).isEqualTo(Phi.of("cough"));
        // a link, no rewrite: the study is named as its objects name it
        assertThat(context.patientId()).isEqualTo(Phi.of("OLD" + number));
        assertThat(told(object, Topics.STUDY_RECEIVED, StudyReceived.class).priority())
                .isEqualTo(Priority.STAT);
    }

    @Test
    void aBirthDateThatIsCorrectedConfirmsWhatDiffered() throws Exception {
        order("NW", "R");
        TestObject object = image().with(Tag.PATIENT_BIRTH_DATE, "19700103");
        store("TESTER", object);
        index.awaitReceived(object.study(), 1);
        assertThat(orders(object)).containsExactly("DIFFERS [birth-date]");

        assertThat(send("ADT^A31", pid(patient, "19700103"))).isEqualTo("AA");

        assertThat(orders(object)).containsExactly("MATCHED []");
    }

    @Test
    void numbersOfAnotherIssuerAreOtherNumbers() throws Exception {
        order("NW", "S");
        TestObject clinics = image();
        TestObject ours = image();

        store(ServiceUnderTest.CLINIC_MODALITY, clinics);
        store("TESTER", ours);

        assertThat(index.awaitReceived(ours.study(), 1).procedure()).isEqualTo(CHEST);
        assertThat(index.awaitReceived(clinics.study(), 1).procedure()).isNull();
        assertThat(orders(clinics)).isEmpty();
    }

    @Test
    void aSenderWithIssuersOfItsOwnMatchesItsOwn() throws Exception {
        TestObject object = image();
        try (Engine clinic = Engine.connect(ServiceUnderTest.CLINIC, mllp.port())) {
            String order = Engine.message(
                            "ORM^O01", "C" + number, pid(patient, "19700102"), "ORC|NW|O" + number, obr("R"))
                    .replace("|RIS|", "|CLINIC|");
            assertThat(clinic.send(order)).isEqualTo("AA");
        }

        store(ServiceUnderTest.CLINIC_MODALITY, object);

        assertThat(index.awaitReceived(object.study(), 1).procedure()).isEqualTo(CHEST);
    }

    @Test
    void theNewRevisionOfAMatchedStudySaysTheSame() throws Exception {
        order("NW", "S");
        TestObject object = image();
        store("TESTER", object);
        index.awaitReceived(object.study(), 1);

        store("TESTER", TestObject.image(object.study(), object.series(), 2, 4096));

        StudyReceived received = index.awaitReceived(object.study(), 2);
        assertThat(received.priority()).isEqualTo(Priority.STAT);
        assertThat(received.procedure()).isEqualTo(CHEST);
        assertThat(index.awaitContext(object.study(), 2).indication()).isEqualTo(Phi.of("cough"));
    }

    private TestObject image() {
        return TestObject.radiograph()
                .with(Tag.PATIENT_ID, patient)
                .with(Tag.PATIENT_BIRTH_DATE, "19700102")
                .with(Tag.ACCESSION_NUMBER, accession);
    }

    private void store(String callingAe, TestObject object) throws Exception {
        try (Sender sender = Sender.connect(dicom.port(), callingAe, "PRELIM")) {
            assertThat(sender.send(object).status()).isZero();
        }
    }

    private String order(String control, String priority) throws Exception {
        return send(
                "ORM^O01",
                pid(patient, "19700102"),
                "ORC|" + control + "|O" + number + "|F" + number,
                "TQ1|1||||||||" + priority,
                obr(""));
    }

    private String obr(String priority) {
        return "OBR|1|||CXR^Chest|" + priority + "|||||||||||||" + accession + "|||||||||||||^cough";
    }

    private String merge(String into, String prior) throws Exception {
        return send("ADT^A40^ADT_A39", pid(into, "19700102"), "MRG|" + prior);
    }

    private static String pid(String id, String birthDate) {
        return "PID|1||" + id + "||Doe^Jane||" + birthDate + "|F";
    }

    private String send(String type, String... segments) throws Exception {
        try (Engine engine = Engine.connect(mllp.port())) {
            return engine.send(Engine.message(type, number + "-" + ++messages, segments));
        }
    }

    private UUID orderKey() {
        return KEYS.order("default", Phi.of("O" + number));
    }

    private static UUID key(TestObject object) {
        return Ids.study("default", object.study());
    }

    private static List<String> orders(TestObject object) {
        List<Map<String, Object>> orders =
                RestAssured.get("/api/studies/" + key(object)).path("orders");
        return orders.stream()
                .map(each -> each.get("state") + " " + each.get("differs"))
                .toList();
    }

    private List<String> rows(TestObject object, String topic) {
        return Rows.of(
                database,
                "select convert_from(payload, 'UTF8') from outbox where study_key = ? and topic = ? order by sequence",
                key(object),
                topic);
    }

    /** What was told last. */
    private <T> T told(TestObject object, String topic, Class<T> type) throws Exception {
        List<String> rows = rows(object, topic);
        return EventJson.read(rows.get(rows.size() - 1).getBytes(StandardCharsets.UTF_8), type);
    }

    private static <T> T read(ConsumerRecord<String, byte[]> sent, Class<T> type) throws Exception {
        return EventJson.read(sent.value(), type);
    }
}
