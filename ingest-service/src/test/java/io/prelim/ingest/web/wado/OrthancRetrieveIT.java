package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.FileMeta;
import io.prelim.events.EventJson;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.testkit.peers.Orthanc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orthanc's DICOMweb plug-in as the one who searches and retrieves. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@org.junit.jupiter.api.Tag("full")
@Timeout(180)
class OrthancRetrieveIT {
    @TempDir
    Path folder;

    private final String study = Uid.random();

    @Test
    void orthancFindsAndRetrievesAStudy() throws Exception {
        List<TestObject> objects = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            objects.add(TestObject.image(study, "1.2.3", number, 200_000 * number)
                    .with(Tag.PATIENT_NAME, "Nobody^Anna")
                    .with(Tag.PATIENT_ID, "N1"));
        }
        assertThat(new StowClient(RestAssured.port)
                        .store(objects.stream().map(TestObject::file).toArray(byte[][]::new))
                        .status())
                .isEqualTo(200);
        try (Orthanc orthanc = Orthanc.start(folder, Orthanc.DICOMWEB)) {
            orthanc.put("/dicom-web/servers/prelim", """
                    {"Url": "http://127.0.0.1:%d/dicom-web/", "HttpHeaders": {"Authorization": "Bearer %s"}}""".formatted(RestAssured.port, ServiceUnderTest.READER_TOKEN));

            JsonNode found =
                    EventJson.mapper().readTree(orthanc.post("/dicom-web/servers/prelim/qido", """
                    {"Uri": "/studies", "Arguments": {"StudyInstanceUID": "%s"}}""".formatted(study)));
            JsonNode retrieved = EventJson.mapper()
                    .readTree(orthanc.post("/dicom-web/servers/prelim/retrieve", """
                    {"Resources": [{"Study": "%s"}], "Synchronous": true}""".formatted(study)));

            assertThat(found.toString()).contains(study);
            assertThat(retrieved.isObject()).as(orthanc.output()).isTrue();
            JsonNode instances = EventJson.mapper().readTree(orthanc.get("/instances"));
            assertThat(instances).hasSize(3);
            List<byte[]> there = new ArrayList<>();
            for (JsonNode instance : instances) {
                there.add(dataSet(orthanc, instance.asText()));
            }
            assertThat(there)
                    .containsExactlyInAnyOrderElementsOf(
                            objects.stream().map(TestObject::bytes).toList());
        }
    }

    private static byte[] dataSet(Orthanc orthanc, String instance) throws Exception {
        URI file = URI.create("http://127.0.0.1:" + orthanc.httpPort() + "/instances/" + instance + "/file");
        byte[] body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        return FileMeta.read(new ByteArrayInputStream(body), ReadLimits.DEFAULT)
                .dataSet()
                .readAllBytes();
    }
}
