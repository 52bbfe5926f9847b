package io.prelim.ingest.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
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
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no study has to do with is forgotten after a while. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class OrderRetentionIT {
    @Inject
    DicomListener dicom;

    @Inject
    MllpListener mllp;

    @Inject
    TestIndex index;

    @Inject
    OrderRetention retention;

    @Inject
    DataSource database;

    private final String number = UUID.randomUUID().toString().substring(0, 8).toUpperCase();

    @Test
    void whatNoStudyEverHadToDoWithIsForgottenFromEveryTable() throws Exception {
        tell();
        settled();

        age("89 days");
        retention.look();
        assertThat(Rows.of(database, "select placer_number from orders where placer_number = ?", "ROO" + number))
                .hasSize(1);

        age("91 days");
        retention.look();
        assertThat(rows()).isEmpty();
    }

    @Test
    void whatAStudyHasToDoWithStays() throws Exception {
        tell();
        TestObject object = TestObject.radiograph()
                .with(Tag.PATIENT_ID, "ROP" + number)
                .with(Tag.PATIENT_BIRTH_DATE, "19700102")
                .with(Tag.ACCESSION_NUMBER, "ROA" + number);
        try (Sender sender = Sender.connect(dicom.port())) {
            assertThat(sender.send(object).status()).isZero();
        }
        index.awaitReceived(object.study(), 1);
        settled();

        age("91 days");
        retention.look();

        assertThat(Rows.of(database, "select placer_number from orders where placer_number = ?", "ROO" + number))
                .hasSize(1);
        assertThat(Rows.of(database, "select patient_id from patients where patient_id = ?", "ROP" + number))
                .hasSize(1);
        assertThat(Rows.of(
                        database,
                        "select accession_number from signed_reports where accession_number = ?",
                        "ROA" + number))
                .hasSize(1);
    }

    private void tell() throws Exception {
        String pid = "PID|1||ROP" + number + "||Doe^Jane||19700102|F";
        String obr = "OBR|1|||CXR^Chest||||||||||||||ROA" + number;
        try (Engine engine = Engine.connect(mllp.port())) {
            for (String message : List.of(
                    Engine.message("ORM^O01", number + "-1", pid, "ORC|NW|ROO" + number, obr),
                    Engine.message("ADT^A08", number + "-2", pid),
                    Engine.message("ORU^R01", number + "-3", pid, obr + "|||||||F", "OBX|1|TX|^T||Signed.||||||F"))) {
                assertThat(engine.send(message)).isEqualTo("AA");
            }
        }
    }

    /** The broker has what was told of the order and the patient. */
    private void settled() {
        Awaitility.await()
                .until(() -> Rows.of(
                                database,
                                "select topic from outbox where convert_from(payload, 'UTF8') like ? and settled_at is null"
                                        + " and topic in ('orders.v1', 'patients.v1')",
                                "%ROP" + number + "%")
                        .isEmpty());
    }

    private void age(String interval) throws SQLException {
        try (Connection connection = database.getConnection()) {
            for (String update : List.of(
                    "update orders set changed_at = now() - cast(? as interval) where placer_number = ?",
                    "update patients set changed_at = now() - cast(? as interval) where patient_id = ?",
                    "update signed_reports set received_at = now() - cast(? as interval) where accession_number = ?")) {
                try (PreparedStatement statement = connection.prepareStatement(update)) {
                    statement.setString(1, interval);
                    statement.setString(
                            2,
                            (update.contains("orders set") ? "ROO" : update.contains("patients") ? "ROP" : "ROA")
                                    + number);
                    assertThat(statement.executeUpdate()).isEqualTo(1);
                }
            }
        }
    }

    private List<String> rows() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Canary.of(number).rows(connection, Set.of());
        }
    }
}
