package io.prelim.ingest.web.stow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.FileMeta;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.EventJson;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.testkit.peers.Orthanc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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

/** Orthanc's DICOMweb plug-in as the sender. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@org.junit.jupiter.api.Tag("full")
@Timeout(180)
class OrthancStowIT {
    @TempDir
    Path folder;

    @Inject
    TestIndex index;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void orthancSendsWhatItHas() throws Exception {
        String study = Uid.random();
        TestObject jpeg = TestObject.image(study, "1.2.3", 9, 0);
        jpeg.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2, 3, 4}));
        List<byte[]> files = new ArrayList<>(List.of(jpeg.file(TransferSyntax.of(Uid.JPEG_BASELINE))));
        List<TestObject> objects = new ArrayList<>(List.of(jpeg));
        for (int number = 1; number <= 3; number++) {
            TestObject object = TestObject.image(study, "1.2.3", number, 400_000 * number);
            objects.add(object);
            files.add(object.file());
        }
        try (Orthanc orthanc = Orthanc.start(folder, Orthanc.DICOMWEB)) {
            List<String> ids = new ArrayList<>();
            for (byte[] file : files) {
                ids.add(upload(orthanc, file));
            }
            orthanc.put(
                    "/dicom-web/servers/prelim", "{\"Url\": \"http://127.0.0.1:" + RestAssured.port + "/dicom-web/\"}");

            for (int again = 0; again < 2; again++) {
                JsonNode answer = EventJson.mapper()
                        .readTree(orthanc.post(
                                "/dicom-web/servers/prelim/stow",
                                "{\"Resources\": [\"" + String.join("\", \"", ids) + "\"], \"Synchronous\": true}"));
                assertThat(answer.isObject()).as(orthanc.output()).isTrue();
            }

            assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(4);
            for (int i = 0; i < objects.size(); i++) {
                byte[] there = http.send(
                                HttpRequest.newBuilder(uri(orthanc, "/instances/" + ids.get(i) + "/file"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body();
                assertThat(index.original(objects.get(i).sopInstance()))
                        .isEqualTo(FileMeta.read(new ByteArrayInputStream(there), ReadLimits.DEFAULT)
                                .dataSet()
                                .readAllBytes());
            }
        }
    }

    private String upload(Orthanc orthanc, byte[] file) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri(orthanc, "/instances"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return EventJson.mapper().readTree(answer.body()).path("ID").asText();
    }

    private static URI uri(Orthanc orthanc, String path) {
        return URI.create("http://127.0.0.1:" + orthanc.httpPort() + path);
    }
}
