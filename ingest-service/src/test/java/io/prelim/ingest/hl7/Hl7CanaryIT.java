package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.events.CloudEvent;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Ids;
import io.prelim.events.Patient;
import io.prelim.events.PatientUpdated;
import io.prelim.events.Phi;
import io.prelim.events.Topics;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.fixture.IdentifiedRows;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.testkit.canary.Canary;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An order and a patient of unmistakable identity come every way there is, right and wrong; it shows where it may, and nowhere else. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class Hl7CanaryIT {
    private static final Canary CANARY = Canary.of(
            "Canaryhlname", "CANARYHL-ID-1", "19310304", "CANARYHL-ACC-2", "CANARYHL-ORD-3", "Canaryhlreason");
    private static final List<String> IDENTITY = CANARY.words();
    private static final String PID = "PID|1||CANARYHL-ID-1^^^H||Canaryhlname^Test||19310304|F";
    private static final String ORC = "ORC|NW|CANARYHL-ORD-3";
    private static final String OBR =
            "OBR|1|||CXR|||||||||Canaryhlreason|||||CANARYHL-ACC-2|||||||||||||^Canaryhlreason";
    private static final IdentityKeys KEYS = new IdentityKeys(ServiceUnderTest.IDENTITY_SECRET);

    @Inject
    DicomListener dicom;

    @Inject
    MllpListener mllp;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    @Test
    void identityStaysWhereItBelongs() throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.PATIENT_ID, "CANARYHL-ID-OTHER")
                .with(Tag.ISSUER_OF_PATIENT_ID, "H")
                .with(Tag.PATIENT_NAME, "Canaryhlname^Other")
                .with(Tag.ACCESSION_NUMBER, "CANARYHL-ACC-2");
        answersOfEveryKind();
        try (Sender sender = Sender.connect(dicom.port())) {
            sender.send(object);
        }
        index.awaitReceived(object.study(), 1);
        String order = KEYS.order("default", Phi.of("CANARYHL-ORD-3")).toString();
        try (Kafka kafka = Kafka.ofService()) {
            List<ConsumerRecord<String, byte[]>> sent =
                    await().until(() -> kafka.records(Topics.ORDERS, order), records -> !records.isEmpty());
            assertThat(text(sent.get(0).value())).contains("CANARYHL-ID-1", "Canaryhlname^Test");
            assertThat(sent.get(0).key()).doesNotContain(IDENTITY);
            sent.get(0)
                    .headers()
                    .forEach(header -> assertThat(text(header.value())).doesNotContain(IDENTITY));
            parks(kafka);
        }

        assertThat(rowsWithIdentity()).isEmpty();
        String key = Ids.study("default", object.study()).toString();
        assertThat(RestAssured.get("/api/studies/" + key).asString())
                .contains("DIFFERS", "patient-id")
                .doesNotContain(IDENTITY);
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("prelim_ingest_hl7_messages")
                .doesNotContain(IDENTITY);
        assertThat(Files.readString(ServiceUnderTest.LOG))
                .contains("INGEST-8402")
                .doesNotContain(IDENTITY);
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> CANARY.in(thread.getName()));
    }

    private void answersOfEveryKind() throws Exception {
        String longOrder = "CANARYHL-ORD-3".repeat(10);
        for (String message : List.of(
                Engine.message("ORM^O01", "1", PID, ORC, OBR),
                Engine.message("ADT^A08", "2", PID),
                Engine.message("ADT^A40", "3", PID, "MRG|CANARYHL-ID-1^^^H"),
                Engine.message("ADT^A40", "4", PID, "MRG|CANARYHL-ID-0^^^H||||||Canaryhlname"),
                Engine.message("ORU^R01", "5", PID, "OBR|1|||CXR||||||||||||||CANARYHL-ACC-2|||||||F"),
                Engine.message("ORM^O01", "6", PID, "ORC|Canaryhlname|CANARYHL-ORD-3", OBR),
                Engine.message("ORM^O01", "7", PID, "ORC|NW|" + longOrder, OBR),
                Engine.message("ORM^O01", "8", PID, ORC, OBR, "ZDS|CANARYHL-ACC-2"),
                Engine.message("Canaryhlname^CANARYHL-ID-1", "9", PID),
                Engine.message("ADT^A08", "10", "PID|1||^^^Canaryhlname||Canaryhlname"),
                Engine.message("ADT^A08", "11", PID).replace("UNICODE UTF-8", "Canaryhlname"),
                Engine.message("ADT^A08", "12", PID).replace("|2.5.1|", "|Canaryhlname|"),
                PID)) {
            try (Engine engine = Engine.connect(mllp.port())) {
                String answer = engine.exchange(message.getBytes(StandardCharsets.UTF_8));
                assertThat(answer.lines().filter(line -> !line.startsWith("MSH")))
                        .isNotEmpty()
                        .noneMatch(CANARY::in);
            }
        }
    }

    /** A record that cannot be kept, because PostgreSQL takes no NUL; and one whose key is wrong. */
    private void parks(Kafka kafka) {
        for (String id : List.of("CANARYHL-ID-1\u0000", "CANARYHL-ID-1")) {
            Patient patient = new Patient("H", Phi.of(id), Phi.of("Canaryhlname"), Phi.of("19310304"), null);
            UUID key = KEYS.patient(id.length() == 13 ? "I" : "H", patient.id());
            RecordMetadata sent = kafka.send(
                    Topics.PATIENTS,
                    CloudEvent.of(
                            UUID.randomUUID(),
                            "engine",
                            Instant.now(),
                            new PatientUpdated(key, patient, Instant.now())));
            await().untilAsserted(() -> assertThat(Rows.of(
                            database,
                            "select error from parked where topic = ? and partition_id = ? and record_offset = ?",
                            sent.topic(),
                            sent.partition(),
                            sent.offset()))
                    .hasSize(1));
        }
    }

    /** Every row that holds some of the identity, where it does not belong. */
    private List<String> rowsWithIdentity() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Stream.of(
                            CANARY.rows(connection, IdentifiedRows.TABLES),
                            CANARY.rows(connection, IdentifiedRows.PSEUDONYMISED_EVENTS),
                            CANARY.rows(connection, IdentifiedRows.PARKED_LISTING))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
