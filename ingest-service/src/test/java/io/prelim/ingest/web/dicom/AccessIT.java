package io.prelim.ingest.web.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody reads without a token, whatever is asked for. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class AccessIT {
    private final TestObject object = TestObject.radiograph();
    private DicomWebClient client;

    @BeforeEach
    void stored() throws Exception {
        client = new DicomWebClient(RestAssured.port);
        assertThat(new StowClient(RestAssured.port).store(object.file()).status())
                .isEqualTo(200);
    }

    private List<String> resources() {
        String study = "/studies/" + object.study();
        String series = study + "/series/" + object.series();
        String instance = DicomWebClient.path(object);
        return Stream.of(
                        "/studies",
                        "/series",
                        "/instances",
                        study,
                        study + "/series",
                        study + "/instances",
                        study + "/metadata",
                        series,
                        series + "/instances",
                        series + "/metadata",
                        instance,
                        instance + "/metadata",
                        instance + "/frames/1",
                        instance + "/frames/1/rendered",
                        instance + "/frames/1/thumbnail",
                        instance + "/rendered",
                        instance + "/thumbnail",
                        series + "/rendered",
                        series + "/thumbnail",
                        study + "/rendered",
                        study + "/thumbnail",
                        instance + "/bulkdata/7FE00010",
                        // neither known nor well-formed: nothing is learned of what is here
                        "/studies/1.2.3",
                        "/studies/no-uid",
                        "/studies?PatientName=")
                .toList();
    }

    @Test
    @BadInput(id = "M05", entrance = Entrance.WADO, answer = "401: a token that is none, or of another door")
    void withoutATokenNothingIsAnswered() throws Exception {
        for (String resource : resources()) {
            for (String authorization : new String[] {
                null,
                "Bearer wrong",
                "Bearer ",
                "Basic eDp5",
                ServiceUnderTest.READER_TOKEN,
                "Bearer " + ServiceUnderTest.REPORT_TOKEN
            }) {
                DicomWebClient.Answer answer = client.getAs(authorization, resource);

                assertThat(answer.status()).as(resource).isEqualTo(401);
                assertThat(answer.mediaType()).isEqualTo("application/problem+json");
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            }
        }
    }

    @Test
    void withATokenEachIsThere() throws Exception {
        for (String resource : resources()) {
            int expected = resource.equals("/studies/1.2.3") ? 404 : resource.equals("/studies/no-uid") ? 400 : 200;

            assertThat(client.get(resource).status()).as(resource).isEqualTo(expected);
        }
    }

    @Test
    void figuresAreOfResourcesAndNeverOfWhatWasAskedFor() throws Exception {
        for (String resource : resources()) {
            client.get(resource);
        }
        client.get("/studies?PatientName=CANARY*&PatientID=CANARY-7");
        client.get("/studies/" + object.study() + "/nonsense");

        String metrics = RestAssured.get("/q/metrics").asString();

        assertThat(metrics)
                .doesNotContain("CANARY", object.study(), object.series(), object.sopInstance())
                .contains("uri=\"/dicom-web/studies/{study}/series/{series}/instances/{instance}/frames/{frames}\"");
    }
}
