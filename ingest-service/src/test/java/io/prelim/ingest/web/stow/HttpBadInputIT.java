package io.prelim.ingest.web.stow;

import static io.prelim.ingest.StowClient.BOUNDARY;
import static io.prelim.ingest.StowClient.MULTIPART;
import static io.prelim.ingest.StowClient.ascii;
import static io.prelim.ingest.StowClient.concat;
import static io.prelim.ingest.StowClient.multipart;
import static io.prelim.ingest.StowClient.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.ingest.RawHttp;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** M23, as far as it is HTTP: lengths, chunks, connections and addresses that are none, and too many requests. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class HttpBadInputIT extends OverStow {
    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "closed; 408 when it stays open")
    void aContentLengthThatIsTooLong() throws Exception {
        TestObject whole = TestObject.radiograph();
        TestObject under = TestObject.radiograph();
        byte[] body = concat(part("application/dicom", whole.file()), part("application/dicom", under.file()));
        byte[] cut = Arrays.copyOf(body, body.length - 500);

        try (RawHttp http = post(body.length + 1000, cut)) {
            http.endOutput();
            await().until(() -> index.count("instances", "sop_instance_uid", whole.sopInstance()) == 1);
            assertThat(http.ends()).isTrue();
        }
        nothingOf(under);

        try (RawHttp http = post(1000, ascii("--" + BOUNDARY + "\r\n"))) {
            assertThat(http.status()).as("idle, nothing stored").isEqualTo(408);
            assertThat(http.ends()).isTrue();
        }
        try (RawHttp http = post(body.length + 1000, cut)) {
            assertThat(http.response())
                    .as("idle, one stored")
                    .startsWith("202 ")
                    .contains("272");
            assertThat(http.ends()).isTrue();
        }
        nothingOf(under);
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "400")
    void aContentLengthThatIsTooShort() throws Exception {
        TestObject object = TestObject.radiograph();
        byte[] body = multipart(object.file());

        try (RawHttp http = post(body.length - 1000, body)) {
            assertThat(http.status()).isEqualTo(400);
            // what is left is taken for a request, which it is not
            assertThat(http.status()).isEqualTo(400);
            assertThat(http.ends()).isTrue();
        }
        nothingOf(object);
    }

    @ParameterizedTest
    @CsvSource({"-1, 400", "x, 400", "3000000000, 413", "99999999999999999999, 400"})
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "400, 413")
    void aContentLengthThatIsNone(String length, int status) throws Exception {
        try (RawHttp http = RawHttp.connect(RestAssured.port)) {
            http.head(
                    "POST /dicom-web/studies HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: " + MULTIPART,
                    "Content-Length: " + length);
            assertThat(http.status()).isEqualTo(status);
        }
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "200; closed when the chunks are none")
    void chunks() throws Exception {
        TestObject object = TestObject.radiograph();
        byte[] body = multipart(object.file());
        try (RawHttp http = chunked()) {
            for (int at = 0; at < body.length; at += 777) {
                http.chunk(Arrays.copyOfRange(body, at, Math.min(body.length, at + 777)));
            }
            http.chunk(new byte[0]);
            assertThat(http.status()).isEqualTo(200);
        }
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());

        TestObject never = TestObject.radiograph();
        byte[] start = Arrays.copyOf(multipart(never.file()), 2000);
        try (RawHttp http = chunked()) {
            http.chunk(start).send("no number\r\n");
            assertThat(http.ends()).isTrue();
        }
        nothingOf(never);
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "closed")
    void aConnectionCutMidwayLeavesWhatWasWhole() throws Exception {
        TestObject whole = TestObject.radiograph();
        TestObject under = TestObject.radiograph();
        byte[] first = part("application/dicom", whole.file());
        byte[] second = Arrays.copyOf(part("application/dicom", under.file()), 3000);

        try (RawHttp http = post(1 << 20, concat(first, second))) {
            await().until(() -> index.count("instances", "sop_instance_uid", whole.sopInstance()) == 1);
        }

        await().until(() -> metric("prelim_ingest_stow_requests_open ") == 0);
        nothingOf(under);
        assertThat(index.original(whole.sopInstance())).isEqualTo(whole.bytes());
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.STOW, answer = "503")
    void moreRequestsAtATimeThanAreLetIn() throws Exception {
        List<RawHttp> open = Collections.synchronizedList(new ArrayList<>());
        try {
            for (int i = 0; i < 4; i++) {
                open.add(post(1 << 20, ascii("--" + BOUNDARY + "\r\n")));
            }
            await().until(() -> metric("prelim_ingest_stow_requests_open ") == 4);

            StowClient.Answer answer = client.store(TestObject.radiograph().file());

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.raw().headers().firstValue("Retry-After")).contains("5");
        } finally {
            for (RawHttp http : open) {
                http.close();
            }
        }
        await().until(() -> metric("prelim_ingest_stow_requests_open ") == 0);
        assertThat(client.store(TestObject.radiograph().file()).status()).isEqualTo(200);
    }

    @Test
    @BadInput(id = "M09", entrance = Entrance.STOW, answer = "415")
    void aBodyThatIsEncodedOnTheWay() throws Exception {
        assertThat(client.send("", MULTIPART, new byte[] {31, -117, 8}, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            406 | application/dicom+xml
            406 | text/html, image/*
            406 | application/dicom+json; q=0
            200 | application/dicom+xml;q=0.9, application/dicom+json;q=0.1
            200 | application/*
            200 | */*
            """)
    void theAnswerIsDicomJsonOrNone(int status, String accept) throws Exception {
        StowClient.Answer answer =
                client.send("", MULTIPART, multipart(TestObject.radiograph().file()), "Accept", accept);

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/1.2.x", "/..%2F..%2Fetc", "/1..2", "/1.02"})
    @BadInput(id = "M15", entrance = Entrance.STOW, answer = "400")
    void aStudyOfTheAddressThatIsNone(String below) throws Exception {
        StowClient.Answer answer =
                client.send(below, MULTIPART, multipart(TestObject.radiograph().file()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.raw().headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private static double metric(String name) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static RawHttp post(long contentLength, byte[] body) throws IOException {
        return RawHttp.connect(RestAssured.port)
                .head(
                        "POST /dicom-web/studies HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: " + MULTIPART,
                        "Content-Length: " + contentLength)
                .send(body);
    }

    private static RawHttp chunked() throws IOException {
        return RawHttp.connect(RestAssured.port)
                .head(
                        "POST /dicom-web/studies HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: " + MULTIPART,
                        "Transfer-Encoding: chunked");
    }
}
