package io.prelim.ingest.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a study that is fetched; the archive is away, and a sender stands in for it. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class PriorsIT {
    private static final String MODALITY = "TESTER";

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    @Inject
    Fetches fetches;

    private final TestObject object = TestObject.radiograph();
    private final UUID studyKey = Ids.study("default", object.study());

    private void send(String sender, TestObject sent) throws IOException {
        try (Sender association = Sender.connect(listener.port(), sender, "PRELIM")) {
            assertThat(association.send(sent).status()).isZero();
        }
    }

    private void fetched() throws IOException {
        assertThat(fetches.want(object.study(), UUID.randomUUID())).contains(studyKey);
        send(ServiceUnderTest.ARCHIVE, object);
    }

    private List<String> study() {
        return Rows.of(
                database,
                "select 'prior ' || (prior_since is not null) || ', due ' || (due_at is not null) || ', revision ' || revision"
                        + " from studies where study_key = ?",
                studyKey);
    }

    @Test
    void whatWasFetchedMakesNoRevision() throws IOException {
        fetched();

        assertThat(study()).containsExactly("prior true, due false, revision 0");
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
        RestAssured.get("/api/studies/{key}", studyKey)
                .then()
                .statusCode(200)
                .body("prior", equalTo(true))
                .body("stage", equalTo("RECEIVING"))
                .body("instances", equalTo(1));
    }

    @Test
    void aStudyThatComesOnItsOwnIsNoPriorAnyLonger() throws IOException {
        fetched();
        TestObject more = TestObject.image(object.study(), object.series(), 2, 64 * 64);

        send(MODALITY, more);

        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(2);
        assertThat(study()).containsExactly("prior false, due false, revision 1");
    }

    @Test
    void anObjectThatComesOnItsOwnIsEnough() throws IOException {
        fetched();

        send(MODALITY, object);

        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
        assertThat(study()).containsExactly("prior false, due false, revision 1");
    }

    @Test
    void whatTheArchiveSendsUnaskedIsNoPrior() throws IOException {
        send(ServiceUnderTest.ARCHIVE, object);

        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
    }

    @Test
    void aStudyThatCameOnItsOwnIsNotFetched() throws IOException {
        send(MODALITY, object);

        assertThat(fetches.want(object.study(), UUID.randomUUID())).isEmpty();
    }

    @Test
    void aPriorIsPurgedAfterAWhileAndMayComeAgain() throws Exception {
        fetched();
        try (Connection connection = database.getConnection();
                PreparedStatement age = connection.prepareStatement(
                        "update studies set prior_since = now() - interval '8 days' where study_key = ?")) {
            age.setObject(1, studyKey);
            age.executeUpdate();
        }

        for (String table : List.of(
                "studies", "instances", "parts", "study_identity", "series", "ledger", "quarantine", "prior_fetches")) {
            await().untilAsserted(() -> assertThat(
                            Rows.of(database, "select 1 from " + table + " where study_key = ?", studyKey))
                    .as(table)
                    .isEmpty());
        }
        assertThat(index.headerVersions(object.sopInstance())).isEmpty();

        send(MODALITY, object);
        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
    }

    @Test
    void anArchiveThatIsAwayIsGivenUp() throws SQLException {
        String away = Uid.random();
        fetches.want(away, UUID.randomUUID());

        await().untilAsserted(() -> assertThat(Rows.of(
                        database,
                        "select state || ' ' || attempts from prior_fetches where study_instance_uid = ?",
                        away))
                .containsExactly("FAILED 2"));
        assertThat(fetches.want(away, UUID.randomUUID())).isPresent();
    }

    @Test
    void whoAsksForPriorsIsToldWhatStandsInTheWay() throws IOException {
        RestAssured.post("/api/studies/{key}/priors", studyKey)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        send(MODALITY, object);
        RestAssured.post("/api/studies/{key}/priors", studyKey)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("no patient ID"));

        TestObject identified = TestObject.radiograph().with(Tag.PATIENT_ID, "P4711");
        send(MODALITY, identified);
        for (String path : List.of("priors", "archived")) {
            RestAssured.given()
                    .request(
                            path.equals("priors") ? "POST" : "GET",
                            "/api/studies/{key}/{path}",
                            Ids.study("default", identified.study()),
                            path)
                    .then()
                    .statusCode(502)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("the archive did not answer as it should"));
        }
    }
}
