package io.prelim.ingest.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.TestConfig;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.remote.TestRemotes;
import io.prelim.testkit.peers.Orthanc;
import io.prelim.testkit.peers.QueryArchive;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DCMTK's {@code dcmqrscp} and Orthanc as the archive that priors come from. */
@org.junit.jupiter.api.Tag("full")
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(180)
class ArchivePeerIT {
    @TempDir
    Path folder;

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    private static TestObject image(String patientId, String date) {
        return TestObject.radiograph().with(Tag.PATIENT_ID, patientId).with(Tag.STUDY_DATE, date);
    }

    private static void store(String aeTitle, int port, TestObject... objects) throws IOException {
        try (DicomClient client = DicomClient.connect(
                ClientSettings.of("127.0.0.1", port, "PRELIM", aeTitle),
                List.of(PresentationContext.of(
                        Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
            for (TestObject object : objects) {
                assertThat(client.store(
                                        object.sopClass(),
                                        object.sopInstance(),
                                        Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                        object.bytes())
                                .status())
                        .isZero();
            }
        }
    }

    private List<String> study(TestObject object) {
        return Rows.of(
                database,
                "select 'prior ' || (prior_since is not null) || ', revision ' || revision from studies"
                        + " where study_instance_uid = ?",
                object.study());
    }

    @Test
    void dcmqrscpSendsThePriorsOfAPatient() throws IOException {
        String patient = "P-" + UUID.randomUUID();
        TestObject current = image(patient, "20260301");
        TestObject last = image(patient, "20250301");
        TestObject older = image(patient, "20240301");
        TestObject oldest = image(patient, "20230301");
        TestObject other = image(patient + "X", "20250401");
        try (QueryArchive archive = QueryArchive.start(folder, "PRELIM", listener.port())) {
            ServiceUnderTest.archive().redirect(archive.port());
            store(QueryArchive.AE_TITLE, archive.port(), current, last, older, oldest, other);
            try (Sender modality = Sender.connect(listener.port())) {
                assertThat(modality.send(current).status()).isZero();
            }

            RestAssured.post("/api/studies/{key}/priors", Ids.study("default", current.study()))
                    .then()
                    .statusCode(202)
                    .body("found", equalTo(3))
                    .body("fetching", hasSize(2));

            for (TestObject prior : List.of(last, older)) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(Rows.of(
                                        database,
                                        "select state from prior_fetches where study_instance_uid = ?",
                                        prior.study()))
                                .as(archive.output())
                                .containsExactly("FETCHED"));
                assertThat(study(prior)).containsExactly("prior true, revision 0");
                assertThat(index.original(prior.sopInstance())).isEqualTo(prior.bytes());
            }
            assertThat(study(oldest)).isEmpty();
            assertThat(study(other)).isEmpty();
            index.awaitReceived(current.study(), 1);
        } finally {
            ServiceUnderTest.archive().redirect(ServiceUnderTest.NOWHERE);
        }
    }

    @Test
    void orthancTellsItsCounts() throws IOException {
        TestObject one = image("P*", "20260301");
        TestObject two = TestObject.image(one.study(), one.series(), 2, 64).with(Tag.PATIENT_ID, "P*");
        TestObject matchedByTheWildCard = image("PX", "20260302");
        try (Orthanc orthanc = Orthanc.start(folder)) {
            orthanc.knows("prelim", "PRELIM", listener.port());
            store(Orthanc.AE_TITLE, orthanc.dicomPort(), one, two, matchedByTheWildCard);
            IngestConfig config = TestConfig.of(Map.of(
                    "prelim.priors.archive",
                    "orthanc",
                    "prelim.dicom.remotes.orthanc.ae-title",
                    Orthanc.AE_TITLE,
                    "prelim.dicom.remotes.orthanc.host",
                    "127.0.0.1",
                    "prelim.dicom.remotes.orthanc.port",
                    Integer.toString(orthanc.dicomPort())));
            Archive archive = new Archive(TestRemotes.of(config), config);

            assertThat(archive.instances(one.study())).hasValue(2);
            assertThat(archive.instances(Uid.random())).isEmpty();
            assertThat(archive.studies(Phi.of("P*"), null)).containsExactly(new PriorStudy(one.study(), "20260301"));
        }
    }
}
