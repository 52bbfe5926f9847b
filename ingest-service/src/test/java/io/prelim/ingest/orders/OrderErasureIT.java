package io.prelim.ingest.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.hl7.MllpListener;
import io.prelim.testkit.canary.Canary;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an erasure of a study leaves of its orders and its patient. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class OrderErasureIT {
    private static final IdentityKeys KEYS = new IdentityKeys(ServiceUnderTest.IDENTITY_SECRET);

    @Inject
    DicomListener dicom;

    @Inject
    MllpListener mllp;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    private final String number = UUID.randomUUID().toString().substring(0, 8).toUpperCase();
    private final String patient = "ERP" + number;
    private final String accession = "ERA" + number;

    @Test
    void whatOnlyThisStudyNeededGoesWithItFromEveryTable() throws Exception {
        order("ERO" + number, patient, accession);
        send("ADT^A08", pid(patient));
        send("ORU^R01", pid(patient), "OBR|1|||CXR||||||||||||||" + accession + "|||||||F");
        TestObject object = store(patient, accession);
        assertThat(rows()).isNotEmpty();

        erase(object);

        assertThat(rows()).isEmpty();
        assertThat(known("orders", "order_key", orderKey("ERO" + number))).isFalse();
        assertThat(known("patients", "patient_key", patientKey(patient))).isFalse();
    }

    @Test
    void anOrderOfTwoStudiesStaysUntilTheSecondGoes() throws Exception {
        order("ERO" + number, patient, accession);
        TestObject first = store(patient, accession);
        TestObject second = store(patient, accession);

        erase(first);
        assertThat(known("orders", "order_key", orderKey("ERO" + number))).isTrue();
        assertThat(known("study_orders", "study_key", key(second))).isTrue();

        erase(second);
        assertThat(rows()).isEmpty();
    }

    @Test
    void aPatientStaysWithTheirMergesWhileAnyOfTheirIdsHasAStudy() throws Exception {
        String prior = "ERQ" + number;
        order("ERO" + number, prior, accession);
        send("ADT^A40^ADT_A39", pid(patient), "MRG|" + prior);
        TestObject merged = store(patient, accession);
        assertThat(Rows.of(database, "select state from study_orders where study_key = ?", key(merged)))
                .containsExactly("MATCHED");
        TestObject other = store(prior, "ERB" + number);

        erase(merged);
        assertThat(known("orders", "order_key", orderKey("ERO" + number))).isFalse();
        assertThat(known("patients", "patient_key", patientKey(patient))).isTrue();
        assertThat(known("patient_links", "prior_key", patientKey(prior))).isTrue();

        erase(other);
        assertThat(rows()).isEmpty();
        assertThat(known("patient_links", "prior_key", patientKey(prior))).isFalse();
    }

    @Test
    void anOrderOfAnotherPatientIsNotThisStudysToErase() throws Exception {
        order("ERO" + number, "ERX" + number, accession);
        TestObject object = store(patient, accession);
        assertThat(Rows.of(database, "select state from study_orders where study_key = ?", key(object)))
                .containsExactly("DIFFERS");

        erase(object);

        assertThat(known("orders", "order_key", orderKey("ERO" + number))).isTrue();
        assertThat(known("study_orders", "study_key", key(object))).isFalse();
    }

    private List<String> rows() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Canary.of(number).rows(connection, Set.of());
        }
    }

    private boolean known(String table, String column, UUID key) {
        return !Rows.of(database, "select 1 from " + table + " where " + column + " = ?", key)
                .isEmpty();
    }

    private void erase(TestObject object) {
        RestAssured.delete("/api/studies/{key}", key(object)).then().statusCode(202);
    }

    private TestObject store(String patientId, String accessionNumber) throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.PATIENT_ID, patientId)
                .with(Tag.PATIENT_BIRTH_DATE, "19700102")
                .with(Tag.ACCESSION_NUMBER, accessionNumber);
        try (Sender sender = Sender.connect(dicom.port())) {
            assertThat(sender.send(object).status()).isZero();
        }
        index.awaitReceived(object.study(), 1);
        return object;
    }

    private void order(String order, String patientId, String accessionNumber) throws Exception {
        send(
                "ORM^O01",
                pid(patientId),
                "ORC|NW|" + order,
                "OBR|1|||CXR^Chest||||||||||||||" + accessionNumber + "|||||||||||||^cough");
        await().until(() -> known("orders", "order_key", orderKey(order)));
    }

    private static String pid(String id) {
        return "PID|1||" + id + "||Doe^Jane||19700102|F";
    }

    private void send(String type, String... segments) throws Exception {
        try (Engine engine = Engine.connect(mllp.port())) {
            assertThat(engine.send(
                            Engine.message(type, UUID.randomUUID().toString().substring(0, 20), segments)))
                    .isEqualTo("AA");
        }
    }

    private static UUID orderKey(String order) {
        return KEYS.order("default", Phi.of(order));
    }

    private static UUID patientKey(String id) {
        return KEYS.patient("default", Phi.of(id));
    }

    private static UUID key(TestObject object) {
        return Ids.study("default", object.study());
    }
}
