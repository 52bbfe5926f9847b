package io.prelim.ingest.web.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.ingest.RawHttp;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.ingest.fixture.DicomWebClient.Answer;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input that is asked for, or is found in what is read: all of it but pixels. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(90)
class ReadingBadInputIT {
    /** Together more than buffers take in for a client that does not read. */
    private static final int LARGE = 3;

    private static final int PIXELS = 7_000_000;

    @Inject
    IngestConfig config;

    private final String study = Uid.random();
    private DicomWebClient client;

    @BeforeEach
    void clients() {
        client = new DicomWebClient(RestAssured.port);
    }

    private static void store(byte[]... files) throws Exception {
        assertThat(new StowClient(RestAssured.port).store(files).status()).isEqualTo(200);
    }

    @Test
    @BadInput(
            id = "M06",
            entrance = Entrance.WADO,
            answer = "503; a place is free when its answer, or connection, is gone")
    void moreRequestsAtATimeThanAreLetIn() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 0, PIXELS);
        for (int number = 1; number < LARGE; number++) {
            store(TestObject.image(study, "1.2.3", number, PIXELS).file());
        }
        store(object.file());
        String instance = DicomWebClient.path(object);
        List<RawHttp> open = new ArrayList<>();
        try {
            hold(open);
            for (String resource : List.of(
                    "/studies",
                    "/studies/" + study,
                    instance,
                    instance + "/metadata",
                    instance + "/frames/1",
                    instance + "/bulkdata/7FE00010",
                    instance + "/rendered",
                    instance + "/thumbnail")) {
                Answer answer = client.get(resource);

                assertThat(answer.status()).as(resource).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isEqualTo("5");
                assertThat(answer.mediaType()).isEqualTo("application/problem+json");
                assertThat(answer.detail())
                        .isEqualTo("There are " + config.dicomWeb().maxRequests() + " requests already.");
            }
        } finally {
            close(open);
        }
        await().untilAsserted(() -> {
            List<RawHttp> again = new ArrayList<>();
            try {
                hold(again);
            } finally {
                close(again);
            }
        });
        await().untilAsserted(() -> assertThat(client.get(instance).status()).isEqualTo(200));
    }

    /** As many requests as may be, each answered and none read to its end. */
    private void hold(List<RawHttp> open) throws IOException {
        for (int i = 0; i < config.dicomWeb().maxRequests(); i++) {
            RawHttp http = RawHttp.connect(RestAssured.port);
            open.add(http);
            http.head(
                    "GET /dicom-web/studies/" + study + " HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + ServiceUnderTest.READER_TOKEN);
            assertThat(http.status()).isEqualTo(200);
        }
    }

    private static void close(List<RawHttp> open) throws IOException {
        for (RawHttp http : open) {
            http.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Fetc%2Fpasswd", "..%5C..%5Cetc", "%2Fetc%2Fpasswd", "1.2%00", "1.2.x"})
    @BadInput(id = "M15", entrance = Entrance.WADO, answer = "400")
    void aPathInAUidOfTheAddress(String path) throws Exception {
        for (String below : List.of("", "/metadata", "/rendered", "/thumbnail", "/series", "/instances")) {
            refused("/studies/" + path + below);
        }
        for (String below : List.of("", "/metadata", "/rendered", "/thumbnail", "/instances")) {
            refused("/studies/1.2.3/series/" + path + below);
        }
        for (String below : List.of(
                "", "/metadata", "/rendered", "/thumbnail", "/frames/1", "/frames/1/rendered", "/bulkdata/7FE00010")) {
            refused("/studies/1.2.3/series/1.2.3/instances/" + path + below);
        }
        refused("/studies/1.2.3/series/1.2.3/instances/1.2.3/bulkdata/" + path);
        refused("/studies/1.2.3/series/1.2.3/instances/1.2.3/frames/" + path);
        refused("/studies?StudyInstanceUID=" + path);
    }

    private void refused(String path) throws Exception {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.detail()).doesNotContain("etc");
    }

    @Test
    @BadInput(id = "M16", entrance = Entrance.WADO, answer = "200, preamble of zeros, nosniff")
    void anExecutablePreambleIsNotSentOn() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64);
        byte[] file = object.file();
        byte[] program = "MZ this is a program".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(program, 0, file, 0, program.length);
        store(file);

        Answer answer = client.get(DicomWebClient.path(object), "Accept", "application/dicom");

        assertThat(Arrays.copyOf(answer.body(), 128)).containsOnly(0);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    /** Text of a set that nobody knows is read as ISO 8859-1. */
    @ParameterizedTest
    @CsvSource({"ISO_IR 192, \uFFFD", "GB18030, \uFFFD", "ISO 2022 IR 87, \uFFFD", "NO SUCH SET, \u00FF\u00FE"})
    @BadInput(
            id = "M14",
            entrance = Entrance.WADO,
            answer = "200, U+FFFD where it is shown, ISO 8859-1 of an unknown set; bytes kept")
    void textThatIsNotInItsCharacterSet(String charset, String shown) throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64).with(Tag.SPECIFIC_CHARACTER_SET, charset);
        object.dataSet().putBytes(Tag.PATIENT_NAME, VR.PN, HexFormat.of().parseHex("41FFFE1B2442805E"));
        store(object.file());

        Answer metadata = client.get(DicomWebClient.path(object) + "/metadata");
        Answer found = client.get("/studies?StudyInstanceUID=" + study);

        assertThat(metadata.values("00100010").get(0)).startsWith("A").contains(shown);
        assertThat(found.values("00100010").get(0)).startsWith("A").contains(shown);
        assertThat(client.get(DicomWebClient.path(object)).parts().get(0).dataSet())
                .isEqualTo(object.bytes());
    }

    @Test
    @BadInput(id = "M17", entrance = Entrance.WADO, answer = "200, first of two counts, bytes kept")
    void tagsTwiceAndOutOfOrder() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64).with(Tag.PATIENT_ID, "FIRST");
        byte[] behind = HexFormat.of()
                .parseHex(String.join(
                        "",
                        "0800180055490800392E392E392E3920", // (0008,0018) UI 9.9.9.9
                        "10002000" + "4C4F0600" + "5345434F4E44", // (0010,0020) LO SECOND
                        "10004000" + "43530200" + "4D20", // (0010,0040) CS M
                        "10002111" + "4C4F0200" + "5820")); // (0010,1121) LO X, private creators' none
        store(StowClient.concat(object.file(), behind));

        Answer metadata = client.get(DicomWebClient.path(object) + "/metadata");

        assertThat(metadata.status()).isEqualTo(200);
        assertThat(metadata.values("00080018")).containsExactly(object.sopInstance());
        assertThat(metadata.values("00100020")).containsExactly("FIRST");
        assertThat(metadata.values("00100040")).containsExactly("F");
        assertThat(client.get("/studies?StudyInstanceUID=" + study).values("00100020"))
                .containsExactly("FIRST");
        assertThat(client.get(DicomWebClient.path(object)).parts().get(0).dataSet())
                .isEqualTo(StowClient.concat(object.bytes(), behind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'); drop table studies; --",
                "<script>alert(1)</script>",
                "{{7*7}}${jndi:ldap://x}",
                "x\",\"00100020\":{\"vr\":\"LO\"}"
            })
    @BadInput(id = "M19", entrance = Entrance.WADO, answer = "200, the text itself as JSON, nosniff")
    void namesThatAreProgramsElsewhere(String name) throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64)
                .with(Tag.PATIENT_NAME, name)
                .with(Tag.STUDY_DESCRIPTION, name);
        store(object.file());
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);

        for (String asked : List.of(
                "/studies?includefield=StudyDescription&PatientName=" + encoded + "&StudyInstanceUID=" + study,
                "/studies?includefield=StudyDescription&StudyDescription=" + encoded + "&StudyInstanceUID=" + study,
                DicomWebClient.path(object) + "/metadata")) {
            Answer answer = client.get(asked);

            assertThat(answer.mediaType()).as(asked).isEqualTo("application/dicom+json");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.values("00100010")).containsExactly(name);
            assertThat(answer.values("00081030")).containsExactly(name);
        }
        assertThat(Files.readString(ServiceUnderTest.LOG)).doesNotContain("drop table", "jndi", "alert(1)");
    }
}
