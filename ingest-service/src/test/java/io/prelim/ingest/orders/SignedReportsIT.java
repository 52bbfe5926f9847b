package io.prelim.ingest.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportSigned;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signed reports find their studies, over real doors, and are told of until the report names them. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class SignedReportsIT {
    @Inject
    DicomListener dicom;

    @Inject
    MllpListener mllp;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    private final String number = UUID.randomUUID().toString().substring(0, 8).toUpperCase();
    private final String patient = "SRP" + number;
    private final String accession = "SRA" + number;
    private int messages;

    @Test
    void aReportOfAStudyThatIsHereIsToldOfOnce() throws Exception {
        TestObject object = store();
        String report = message("F", "No pneumonia.");

        assertThat(send(report)).isEqualTo("AA");
        assertThat(send(report)).isEqualTo("AA");

        // committed before the acknowledgement
        assertThat(told(object)).singleElement().satisfies(event -> {
            assertThat(event.studyKey()).isEqualTo(key(object));
            assertThat(event.studyInstanceUid()).isEqualTo(object.study());
            assertThat(event.status()).isEqualTo(ReportSigned.Status.FINAL);
            assertThat(event.text()).isEqualTo(Phi.of("No pneumonia."));
            assertThat(event.signedAt()).isEqualTo(Instant.parse("2026-01-02T10:10:00Z"));
        });
        try (Kafka kafka = Kafka.ofService()) {
            await().untilAsserted(() -> assertThat(
                            kafka.records(Topics.REPORT_SIGNED, key(object).toString()))
                    .isNotEmpty());
        }
        assertThat(signed(object))
                .containsExactly("report signed in the reporting system, by engine: final, 2026-01-02T10:10:00Z");
    }

    @Test
    void aReportOfSeveralOrdersIsToldOfEachOfTheirStudies() throws Exception {
        TestObject first = store();
        TestObject second = store(accession + "2");
        TestObject unsigned = store(accession + "3");

        assertThat(send(Engine.message(
                        "ORU^R01",
                        control(),
                        pid(patient),
                        obr(accession + "3", "P"),
                        "OBX|1|TX|^Text||Not yet.||||||P",
                        obr(accession, "F"),
                        "OBX|1|TX|^Text||No pneumonia.||||||F",
                        obr(accession + "2", "F"),
                        "OBX|1|TX|^Text||No fracture.||||||F")))
                .isEqualTo("AA");
        // one that comes after it
        TestObject later = store(accession + "2");

        for (TestObject object : List.of(first, second)) {
            assertThat(told(object))
                    .extracting(ReportSigned::text)
                    .containsExactly(Phi.of("No pneumonia.\nNo fracture."));
        }
        await().untilAsserted(() -> assertThat(told(later)).hasSize(1));
        assertThat(told(unsigned)).isEmpty();
    }

    @Test
    void aReportThatComesBeforeItsStudyIsToldOfWhenThatIsComplete() throws Exception {
        assertThat(send(message("F", "Early."))).isEqualTo("AA");

        TestObject object = store();

        await().untilAsserted(() ->
                assertThat(told(object)).extracting(ReportSigned::text).containsExactly(Phi.of("Early.")));
    }

    @Test
    void aCorrectionDoesNotStandForWhatItCorrects() throws Exception {
        TestObject object = store();

        send(message("F", "No pneumonia."));
        send(message("C", "Pneumonia."));

        assertThat(told(object))
                .extracting(ReportSigned::status)
                .containsExactly(ReportSigned.Status.FINAL, ReportSigned.Status.CORRECTED);
        assertThat(unsettled(object)).isEqualTo(2);
    }

    @Test
    void aReportOfAnotherPatientIsFlaggedAndNotHandedOnUntilAMergeSaysThatTheyAreOne() throws Exception {
        TestObject object = store();
        String other = "SRX" + number;

        send(message(other, "F", "Of another."));

        assertThat(told(object)).isEmpty();
        assertThat(signed(object))
                .containsExactly(
                        "report signed in the reporting system, by engine: differs in patient-id; not handed on");

        assertThat(send(Engine.message("ADT^A40^ADT_A39", control(), pid(patient), "MRG|" + other)))
                .isEqualTo("AA");

        assertThat(told(object)).extracting(ReportSigned::text).containsExactly(Phi.of("Of another."));
        assertThat(signed(object))
                .last()
                .isEqualTo("report signed in the reporting system, by engine: final, 2026-01-02T10:10:00Z");
    }

    @Test
    void itIsToldUntilAReportNamesIt() throws Exception {
        TestObject object = store();
        send(message("F", "No pneumonia."));
        ReportSigned event = told(object).get(0);
        try (Kafka kafka = Kafka.ofService()) {
            kafka.send(Topics.REPORT_CHANGED, changed(object, 1, null));
            kafka.send(Topics.REPORT_CHANGED, changed(object, 2, List.of(event.signedReportId())));

            await().untilAsserted(() -> assertThat(unsettled(object)).isZero());
        }

        assertThat(Rows.of(
                        database,
                        "select state from study_signed_reports where study_key = ? and taken_at is not null",
                        key(object)))
                .containsExactly("MATCHED");
    }

    @Test
    void whatIsNotSignedIsNotToldOf() throws Exception {
        TestObject object = store();

        assertThat(send(message("P", "Preliminary."))).isEqualTo("AA");

        assertThat(told(object)).isEmpty();
        assertThat(signed(object)).isEmpty();
    }

    private static ReportChanged changed(TestObject object, int version, List<UUID> signed) {
        UUID reportKey = Ids.report(key(object));
        return new ReportChanged(
                reportKey,
                List.of(key(object)),
                List.of(object.study()),
                version,
                version,
                1,
                ReportChanged.Status.DRAFT,
                false,
                Priority.ROUTINE,
                List.of(),
                Instant.now(),
                signed);
    }

    private TestObject store() throws Exception {
        return store(accession);
    }

    private TestObject store(String accession) throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.PATIENT_ID, patient)
                .with(Tag.PATIENT_BIRTH_DATE, "19700102")
                .with(Tag.ACCESSION_NUMBER, accession);
        try (Sender sender = Sender.connect(dicom.port())) {
            assertThat(sender.send(object).status()).isZero();
        }
        index.awaitReceived(object.study(), 1);
        return object;
    }

    private String message(String status, String text) {
        return message(patient, status, text);
    }

    private String message(String patientId, String status, String text) {
        return Engine.message(
                "ORU^R01", control(), pid(patientId), obr(accession, status), "OBX|1|TX|^Text||" + text + "||||||F");
    }

    private static String obr(String accession, String status) {
        return "OBR|1|||CXR||||||||||||||" + accession + "||||20260102101000+0000|||" + status;
    }

    private String control() {
        return number + "-" + ++messages;
    }

    private static String pid(String id) {
        return "PID|1||" + id + "||Doe^Jane||19700102|F";
    }

    private String send(String message) throws Exception {
        try (Engine engine = Engine.connect(mllp.port())) {
            return engine.send(message);
        }
    }

    private List<ReportSigned> told(TestObject object) throws Exception {
        List<ReportSigned> events = new ArrayList<>();
        for (String row : Rows.of(
                database,
                "select convert_from(payload, 'UTF8') from outbox where study_key = ? and topic = 'report-signed.v1'"
                        + " order by sequence",
                key(object))) {
            events.add(EventJson.read(row.getBytes(StandardCharsets.UTF_8), ReportSigned.class));
        }
        return events;
    }

    private int unsettled(TestObject object) {
        return Rows.of(
                        database,
                        "select topic from outbox where study_key = ? and topic = 'report-signed.v1' and settled_at is null",
                        key(object))
                .size();
    }

    private static List<String> signed(TestObject object) {
        return RestAssured.get("/api/studies/" + key(object) + "/timeline")
                .jsonPath()
                .getList("entries.findAll { it.what == 'SIGNED' }.detail");
    }

    private static UUID key(TestObject object) {
        return Ids.study("default", object.study());
    }
}
