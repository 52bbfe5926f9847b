package io.prelim.ingest.web.stow;

import static io.prelim.ingest.StowClient.BOUNDARY;
import static io.prelim.ingest.StowClient.MULTIPART;
import static io.prelim.ingest.StowClient.ascii;
import static io.prelim.ingest.StowClient.concat;
import static io.prelim.ingest.StowClient.multipart;
import static io.prelim.ingest.StowClient.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** M23, as far as it is multipart: boundaries, headers and parts that are none, or too many. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class MultipartBadInputIT extends OverStow {
    private static final byte[] CLOSE = ascii("--" + BOUNDARY + "--\r\n");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            400 | multipart/related; type="application/dicom"
            400 | multipart/related; type="application/dicom"; boundary=""
            400 | multipart/related; type="application/dicom"; boundary="a\\"b"
            400 | multipart/related; type="application/dicom"; boundary="[b]"
            400 | multipart/related; type="application/dicom"; boundary="ends "
            400 | multipart/related; type="application/dicom"; boundary=012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678
            400 | multipart/related; type="application/dicom"; boundary=a; boundary=b
            400 | multipart/related; boundary=b0undary-of-test
            400 | multipart
            415 | multipart/related; type="application/dicom+xml"; boundary=b0undary-of-test
            415 | multipart/related; type="image/jpeg"; boundary=b0undary-of-test
            415 | multipart/form-data; boundary=b0undary-of-test
            415 | application/dicom+xml
            415 | text/plain
            """)
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "400, 415")
    void aTypeOrBoundaryThatIsNone(int status, String contentType) throws Exception {
        TestObject object = TestObject.radiograph();

        StowClient.Answer answer = client.send("", contentType, multipart(object.file()));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        nothingOf(object);
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "400")
    void aBodyWithoutItsBoundary() throws Exception {
        TestObject object = TestObject.radiograph();
        String other = MULTIPART.replace(BOUNDARY, "another");

        assertThat(client.send("", other, multipart(object.file())).status()).isEqualTo(400);
        assertThat(client.send("", MULTIPART, object.file()).status()).isEqualTo(400);
        assertThat(client.send("", MULTIPART, new byte[0]).status()).isEqualTo(400);
        assertThat(client.send("", MULTIPART, CLOSE).status()).as("no part").isEqualTo(400);
        nothingOf(object);
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "200")
    void aBoundaryOfOddCharactersIsOne() throws Exception {
        TestObject object = TestObject.radiograph();
        String odd = "'()+_,-./:=? x";
        byte[] body = concat(ascii("--" + odd + "\r\n\r\n"), object.file(), ascii("\r\n--" + odd + "--"));

        StowClient.Answer answer =
                client.send("", "multipart/related; type=application/dicom; boundary=\"" + odd + "\"", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "400, or 202 with C001")
    void withoutItsCloseDelimiterTheLastPartIsNotKept() throws Exception {
        TestObject whole = TestObject.radiograph();
        TestObject last = TestObject.radiograph();
        byte[] open = part("application/dicom", last.file());

        StowClient.Answer none = client.send("", MULTIPART, open);
        StowClient.Answer some = client.send("", MULTIPART, concat(part("application/dicom", whole.file()), open));

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.detail()).contains("ends before its close-delimiter");
        assertThat(some.status()).isEqualTo(202);
        assertThat(some.stored()).containsExactly(whole.sopInstance());
        assertThat(some.others()).containsExactly("C001");
        nothingOf(last);
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "413, or 202 with C003")
    void aFloodOfPartsEndsAtTheLimit() throws Exception {
        byte[][] empty = new byte[201][0];
        assertThat(client.store(empty).status()).isEqualTo(413);
        assertThat(client.store(Arrays.copyOf(empty, 200)).status()).isEqualTo(409);

        TestObject object = TestObject.radiograph();
        byte[][] flood = new byte[1000][];
        Arrays.fill(flood, object.file());
        StowClient.Answer some = client.store(flood);

        assertThat(some.status()).isEqualTo(202);
        assertThat(some.stored()).hasSize(200).containsOnly(object.sopInstance());
        assertThat(some.others()).containsExactly("C003");
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "413")
    void anEndlessPartHeaderEndsAtTheLimit() throws Exception {
        String start = "--" + BOUNDARY + "\r\n";
        assertThat(client.send("", MULTIPART, ascii(start + "X: " + "x".repeat(1 << 20)))
                        .status())
                .isEqualTo(413);
        assertThat(client.send("", MULTIPART, ascii(start + "X: 1\r\n ".repeat(100_000)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "400")
    void aPartHeaderThatIsNone() throws Exception {
        for (String header : List.of("no field\r\n", "A: 1\n", "A: \0\r\n", " folded: first\r\n", "A: 1\r\na: 2\r\n")) {
            byte[] body = concat(ascii("--" + BOUNDARY + "\r\n" + header + "\r\nx\r\n"), CLOSE);
            assertThat(client.send("", MULTIPART, body).status()).as(header).isEqualTo(400);
        }
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "409 C006")
    void partsThatAreNoObjects() throws Exception {
        byte[] nested = concat(
                ascii("--inner\r\nContent-Type: application/dicom\r\n\r\n"),
                TestObject.radiograph().file(),
                ascii("\r\n--inner--"));
        byte[] body = concat(
                part("multipart/related; type=\"application/dicom\"; boundary=inner", nested),
                part("text/html", ascii("<script>")),
                part("no media type", ascii("x")),
                ascii("--" + BOUNDARY
                        + "\r\nContent-Type: application/dicom\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"),
                CLOSE);

        StowClient.Answer answer = client.send("", MULTIPART, body);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.others()).containsExactly("C006", "C006", "C006", "C006");
    }
}
