package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Ids;
import io.prelim.events.Topics;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.IdentifiedRows;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.testkit.canary.Canary;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A patient of unmistakable identity goes every way there is; it shows where it may, and nowhere else. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class CanaryIT {
    private static final Canary CANARY =
            Canary.of("Canaryname", "CANARY-ID-4711", "19310203", "CANARY-ACC-4712", "Canarydescription");
    private static final List<String> IDENTITY = CANARY.words();

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    @Test
    void identityStaysWhereItBelongs() throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.PATIENT_NAME, "Canaryname^Test")
                .with(Tag.PATIENT_ID, "CANARY-ID-4711")
                .with(Tag.PATIENT_BIRTH_DATE, "19310203")
                .with(Tag.ACCESSION_NUMBER, "CANARY-ACC-4712")
                .with(Tag.STUDY_DESCRIPTION, "Canarydescription");
        String key = Ids.study("default", object.study()).toString();
        try (Sender sender = Sender.connect(listener.port());
                Kafka kafka = Kafka.ofService()) {
            assertThat(sender.send(object).status()).isZero();
            // the ways that go wrong: another identity, other pixels, a cut object, another command
            assertThat(sender.send(object.with(Tag.PATIENT_NAME, "Canaryname^Married"))
                            .status())
                    .isZero();
            assertThat(sender.send(object.withPixels(9, 4096)).errorComment()).doesNotContain(IDENTITY);
            byte[] bytes = object.bytes();
            assertThat(sender.send(object, java.util.Arrays.copyOf(bytes, bytes.length - 1000))
                            .errorComment())
                    .doesNotContain(IDENTITY);
            assertThat(sender.send(TestObject.radiograph(), bytes).errorComment())
                    .doesNotContain(IDENTITY);
            byStow(object);

            assertThat(tellStep(object).errorComment()).isNull();

            await().until(() -> !kafka.records(Topics.STUDY_RECEIVED, key).isEmpty()
                    && !kafka.records(Topics.PATIENT_CONTEXT, key).isEmpty());

            ConsumerRecord<String, byte[]> received =
                    kafka.records(Topics.STUDY_RECEIVED, key).get(0);
            assertThat(text(received.value())).contains(object.study()).doesNotContain(IDENTITY);
            ConsumerRecord<String, byte[]> context =
                    kafka.records(Topics.PATIENT_CONTEXT, key).get(0);
            assertThat(text(context.value())).contains("Canaryname^Test", "CANARY-ID-4711", "CANARY-ACC-4712");
            for (ConsumerRecord<String, byte[]> each : List.of(received, context)) {
                assertThat(each.key()).isEqualTo(key);
                each.headers()
                        .forEach(header -> assertThat(text(header.value())).doesNotContain(IDENTITY));
            }
        }
        byte[] manifest =
                index.part(index.awaitReceived(object.study(), 1).manifest().partId());
        assertThat(text(manifest)).contains(object.sopInstance()).doesNotContain(IDENTITY);
        assertThat(rowsWithIdentity()).isEmpty();
        assertThat(RestAssured.post("/api/studies/" + key + "/priors").asString())
                .contains("archive")
                .doesNotContain(IDENTITY);
        for (String path : List.of(
                "/api/studies?studyInstanceUid=" + object.study(),
                "/api/studies/" + key,
                "/api/studies/" + key + "/timeline",
                "/q/metrics")) {
            assertThat(RestAssured.get(path).asString()).doesNotContain(IDENTITY);
        }
        assertThat(Files.readString(ServiceUnderTest.LOG))
                .contains(object.sopInstance())
                .doesNotContain(IDENTITY);
        try (Stream<Path> files = Files.walk(Path.of(Kafka.config("prelim.store.directory")))) {
            assertThat(files.map(Path::toString)).noneMatch(CANARY::in);
        }
    }

    /** A performed procedure step about the same patient, which says who that is in every way it can. */
    private NormalizedResponse tellStep(TestObject object) throws IOException {
        String step = Uid.random();
        DataSet scheduled = identified().putString(Tag.STUDY_INSTANCE_UID, object.study());
        DataSet begun = identified()
                .putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "IN PROGRESS")
                .putString(Tag.MODALITY, "Canaryname")
                .putSequence(Tag.SCHEDULED_STEP_ATTRIBUTES_SEQUENCE, scheduled);
        DataSet malformed = identified()
                .putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "IN PROGRESS")
                .putSequence(
                        Tag.SCHEDULED_STEP_ATTRIBUTES_SEQUENCE,
                        identified().putString(Tag.STUDY_INSTANCE_UID, "CANARY-ID-4711"));
        try (DicomClient modality = DicomClient.connect(
                ClientSettings.of("127.0.0.1", listener.port(), "CT1", "PRELIM"),
                List.of(PresentationContext.of(
                        Uid.MODALITY_PERFORMED_PROCEDURE_STEP, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
            assertThat(modality.create(Uid.MODALITY_PERFORMED_PROCEDURE_STEP, Uid.random(), malformed)
                            .errorComment())
                    .isNotNull()
                    .doesNotContain(IDENTITY);
            modality.create(Uid.MODALITY_PERFORMED_PROCEDURE_STEP, step, begun);
            return modality.set(
                    Uid.MODALITY_PERFORMED_PROCEDURE_STEP,
                    step,
                    identified().putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "COMPLETED"));
        }
    }

    private static DataSet identified() {
        return new DataSet()
                .putString(Tag.PATIENT_NAME, "Canaryname^Test")
                .putString(Tag.PATIENT_ID, "CANARY-ID-4711")
                .putString(Tag.PATIENT_BIRTH_DATE, "19310203")
                .putString(Tag.ACCESSION_NUMBER, "CANARY-ACC-4712")
                .putString(Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION, "Canarydescription");
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

    /** Other pixels, a cut object, and text where it should not be. */
    private static void byStow(TestObject object) throws Exception {
        StowClient client = new StowClient(RestAssured.port);
        byte[] file = object.file();
        byte[] parts = StowClient.concat(
                StowClient.part("application/dicom", file),
                StowClient.part("application/dicom", java.util.Arrays.copyOf(file, file.length - 1000)),
                StowClient.part("text/plain; name=Canaryname\r\nContent-Location: CANARY-ID-4711", new byte[1]));
        String json = "[{\"00100010\":{\"vr\":\"PN\",\"Value\":[\"Canaryname\"]}}]";
        for (StowClient.Answer answer : List.of(
                client.send("", StowClient.MULTIPART, parts),
                client.send("/Canaryname", StowClient.MULTIPART, parts),
                client.send("", "application/dicom+json", StowClient.ascii(json)),
                client.send("", "text/Canaryname", StowClient.ascii(json)))) {
            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(text(answer.raw().body())).doesNotContain(IDENTITY);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
