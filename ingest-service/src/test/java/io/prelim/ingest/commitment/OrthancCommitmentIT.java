package io.prelim.ingest.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.testkit.peers.Orthanc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orthanc sends, asks for commitment of what it sent, and is told. */
@Tag("full")
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(180)
class OrthancCommitmentIT {
    @TempDir
    Path folder;

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    private final TestObject object = TestObject.radiograph();
    private Orthanc orthanc;

    @BeforeEach
    void start() throws IOException {
        orthanc = Orthanc.start(folder);
        orthanc.knows("prelim", "PRELIM", listener.port());
        ServiceUnderTest.orthanc().redirect(orthanc.dicomPort());
        String uploaded =
                JsonPath.from(orthanc.post("/instances", object.file())).getString("ID");
        JsonPath sent = JsonPath.from(orthanc.post("/modalities/prelim/store", "[\"" + uploaded + "\"]"));
        assertThat(sent.getInt("FailedInstancesCount")).as(orthanc.output()).isZero();
    }

    @AfterEach
    void stop() {
        ServiceUnderTest.orthanc().redirect(ServiceUnderTest.NOWHERE);
        orthanc.close();
    }

    private String ask(String... instances) throws IOException {
        StringBuilder list = new StringBuilder();
        for (String instance : instances) {
            list.append(list.isEmpty() ? "" : ", ").append("[\"%s\", \"%s\"]".formatted(object.sopClass(), instance));
        }
        return JsonPath.from(orthanc.post(
                        "/modalities/prelim/storage-commitment", "{\"DicomInstances\": [%s]}".formatted(list)))
                .getString("ID");
    }

    private JsonPath awaitResult(String transaction) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> JsonPath.from(orthanc.get("/storage-commitment/" + transaction)),
                        result -> !"Pending".equals(result.getString("Status")));
    }

    @Test
    void whatItSendsIsStoredAsItSentIt() throws IOException {
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
    }

    @Test
    void whatIsStoredIsCommitted() throws IOException {
        JsonPath result = awaitResult(ask(object.sopInstance()));

        assertThat(result.getString("Status")).as(orthanc.output()).isEqualTo("Success");
        assertThat(result.getString("RemoteAET")).isEqualTo("PRELIM");
    }

    @Test
    void whatIsNotStoredIsAFailure() throws IOException {
        String missing = Uid.random();

        JsonPath result = awaitResult(ask(object.sopInstance(), missing));

        assertThat(result.getString("Status")).isEqualTo("Failure");
        assertThat(result.getList("Success.SOPInstanceUID")).containsExactly(object.sopInstance());
        assertThat(result.getList("Failures.SOPInstanceUID")).containsExactly(missing);
        assertThat(result.getList("Failures.FailureReason")).containsExactly(0x0112);
    }
}
