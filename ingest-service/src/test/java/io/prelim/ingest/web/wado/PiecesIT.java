package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.ingest.fixture.DicomWebClient.Answer;
import io.prelim.ingest.fixture.DicomWebClient.Piece;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata, bulk data and frames. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(90)
class PiecesIT {
    private static final int DOCUMENT = Tag.of(0x0042, 0x0011);
    private static final int CONTENT = Tag.of(0x0040, 0xA730);
    private static final String BYTES = "multipart/related; type=\"application/octet-stream\"";

    private final String study = Uid.random();
    private DicomWebClient client;

    @BeforeEach
    void clients() {
        client = new DicomWebClient(RestAssured.port);
    }

    private void store(byte[]... files) throws Exception {
        assertThat(new StowClient(RestAssured.port).store(files).status()).isEqualTo(200);
    }

    @Test
    void metadataIsAllButPixels() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 4, 5000)
                .with(Tag.PATIENT_NAME, "Nobody^Anna")
                .with(Tag.STUDY_DESCRIPTION, "Of nobody");
        object.dataSet().putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, new byte[] {1, 2, 3, 4});
        store(object.file());

        Answer answer = client.get(DicomWebClient.path(object) + "/metadata");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/dicom+json");
        JsonNode metadata = answer.json();
        assertThat(metadata).hasSize(1);
        assertThat(answer.values("00100010")).containsExactly("Nobody^Anna");
        assertThat(answer.values("00080018")).containsExactly(object.sopInstance());
        assertThat(metadata.path(0).path("FFFCFFFC").path("InlineBinary").asText())
                .isEqualTo("AQIDBA==");
        assertThat(metadata.path(0).path("7FE00010").path("InlineBinary").isMissingNode())
                .isTrue();
        String pixels = metadata.path(0).path("7FE00010").path("BulkDataURI").asText();
        assertThat(pixels).isEqualTo(client.service() + DicomWebClient.path(object) + "/bulkdata/7FE00010");
        assertThat(client.follow(pixels).body()).isEqualTo(object.pixels());
    }

    @Test
    void metadataOfManyComesAsOneArray() throws Exception {
        List<byte[]> files = new ArrayList<>();
        for (int number = 1; number <= 150; number++) {
            files.add(TestObject.image(study, number % 2 == 0 ? "1.2.3" : "1.2.4", number, 64)
                    .file());
        }
        store(files.toArray(byte[][]::new));

        assertThat(client.get("/studies/" + study + "/metadata").json()).hasSize(150);
        assertThat(client.get("/studies/" + study + "/series/1.2.3/metadata", "Accept", "application/json")
                        .json())
                .hasSize(75);
    }

    @Test
    void metadataHasNoXml() throws Exception {
        store(TestObject.image(study, "1.2.3", 1, 64).file());

        Answer answer = client.get(
                "/studies/" + study + "/metadata", "Accept", "multipart/related; type=\"application/dicom+xml\"");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.detail()).contains("application/dicom+json");
    }

    @Test
    void aLargeValueIsFetchedByItsPath() throws Exception {
        byte[] document = TestObject.image(study, "1.2", 3, 3000).pixels();
        byte[] nested = TestObject.image(study, "1.2", 4, 2000).pixels();
        TestObject object = TestObject.image(study, "1.2.3", 1, 64);
        object.dataSet()
                .putBytes(DOCUMENT, VR.OB, document)
                .putSequence(CONTENT, new DataSet(), new DataSet().putBytes(DOCUMENT, VR.OB, nested));
        for (TransferSyntax syntax : List.of(
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
            object.with(Tag.SOP_INSTANCE_UID, Uid.random());
            store(object.file(syntax));
            JsonNode metadata =
                    client.get(DicomWebClient.path(object) + "/metadata").json().path(0);

            String uri = metadata.path("00420011").path("BulkDataURI").asText();
            String deeper = metadata.path("0040A730")
                    .path("Value")
                    .path(1)
                    .path("00420011")
                    .path("BulkDataURI")
                    .asText();

            assertThat(client.follow(uri).body()).isEqualTo(document);
            assertThat(deeper).endsWith("/bulkdata/0040A730.2.00420011");
            assertThat(client.follow(deeper).body()).isEqualTo(nested);
            assertThat(client.follow(uri, "Accept", BYTES).parts().get(0).body())
                    .isEqualTo(document);
        }
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0, 1", "bytes=1001-2000, 1001, 2001", "bytes=4090-, 4090, 4096", "bytes=-3, 4093, 4096"})
    void aRangeOfPixelsComesAlone(String range, int from, int to) throws Exception {
        byte[] words = TestObject.image(study, "1.2.3", 7, 4096).pixels();
        TestObject object = TestObject.image(study, "1.2.3", 1, 0);
        object.dataSet()
                .putInteger(Tag.ROWS, 32)
                .putInteger(Tag.BITS_ALLOCATED, 16)
                .putInteger(Tag.BITS_STORED, 16)
                .putInteger(Tag.HIGH_BIT, 15)
                .putBytes(Tag.PIXEL_DATA, VR.OW, words);
        for (TransferSyntax syntax :
                List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)) {
            object.with(Tag.SOP_INSTANCE_UID, Uid.random());
            store(object.file(syntax));

            Answer answer = client.get(DicomWebClient.path(object) + "/bulkdata/7FE00010", "Range", range);

            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/4096");
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(words, from, to));
        }
        Answer beyond = client.get(DicomWebClient.path(object) + "/bulkdata/7FE00010", "Range", "bytes=4096-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.mediaType()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"00420011, 404", "00100010.1.00100020, 404", "PixelData, 400", "7FE00010.1, 400"})
    void whatIsNoValue(String attribute, int status) throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64);
        store(object.file());

        assertThat(client.get(DicomWebClient.path(object) + "/bulkdata/" + attribute)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void framesComeInTheOrderTheyAreAskedFor() throws Exception {
        Encapsulated image = Encapsulated.frames(study, 4);
        store(image.file());
        String frames = DicomWebClient.path(image.object()) + "/frames/";

        Answer answer = client.get(frames + "3,1", "Accept", BYTES);

        assertThat(answer.parts())
                .extracting(Piece::contentType)
                .containsOnly("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(answer.parts()).extracting(Piece::body).containsExactly(image.frame(3), image.frame(1));
        assertThat(answer.parts().get(0).location()).isEqualTo(client.service() + frames + "3");
        assertThat(client.get(frames + "2", "Accept", "application/octet-stream")
                        .body())
                .isEqualTo(image.frame(2));
    }

    @Test
    void framesComeAsTheyAreStored() throws Exception {
        Encapsulated image = Encapsulated.frames(study, 2);
        store(image.file());
        String frames = DicomWebClient.path(image.object()) + "/frames/";

        for (String accept : List.of(
                BYTES + "; transfer-syntax=*",
                BYTES + "; transfer-syntax=" + Uid.RLE_LOSSLESS,
                "multipart/related; type=\"image/dicom-rle\"")) {
            List<Piece> parts = client.get(frames + "2", "Accept", accept).parts();

            assertThat(parts.get(0).contentType()).endsWith("; transfer-syntax=" + Uid.RLE_LOSSLESS);
            assertThat(parts.get(0).body()).hasSize(64 + 64 * 64 + 32);
        }
        Answer alone = client.get(frames + "1", "Accept", "image/dicom-rle");
        assertThat(alone.status()).isEqualTo(200);
        assertThat(alone.body()).hasSize(64 + 64 * 64 + 32);
    }

    @Test
    void encapsulatedPixelDataIsItsFrames() throws Exception {
        Encapsulated image = Encapsulated.frames(study, 2);
        store(image.file());

        assertThat(client.get(DicomWebClient.path(image.object()) + "/bulkdata/7FE00010")
                        .parts())
                .extracting(Piece::body)
                .containsExactly(image.frame(1), image.frame(2));
    }

    @Test
    void framesOfADeflatedObject() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 3 * 64 * 64).with(Tag.NUMBER_OF_FRAMES, "3");
        store(object.file(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN));

        assertThat(client.get(DicomWebClient.path(object) + "/frames/2")
                        .parts()
                        .get(0)
                        .body())
                .isEqualTo(Arrays.copyOfRange(object.pixels(), 4096, 8192));
        assertThat(client.get(DicomWebClient.path(object) + "/bulkdata/7FE00010", "Range", "bytes=10-19")
                        .body())
                .isEqualTo(Arrays.copyOfRange(object.pixels(), 10, 20));
    }

    @ParameterizedTest
    @CsvSource({"0, 400", "a, 400", "1-2, 400", "3, 404", "'1,3', 404"})
    void framesThatAreNone(String frames, int status) throws Exception {
        Encapsulated image = Encapsulated.frames(study, 2);
        store(image.file());

        assertThat(client.get(DicomWebClient.path(image.object()) + "/frames/" + frames)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void anObjectWithoutPixelsHasNoFrames() throws Exception {
        TestObject report = TestObject.report(study);
        store(report.file());

        assertThat(client.get(DicomWebClient.path(report) + "/frames/1").status())
                .isEqualTo(404);
        assertThat(client.get(DicomWebClient.path(report)).parts().get(0).dataSet())
                .isEqualTo(report.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "multipart/related; type=\"image/jpeg\"", "application/dicom"})
    void framesThatAreNotAccepted(String accept) throws Exception {
        Encapsulated image = Encapsulated.frames(study, 1);
        store(image.file());

        Answer answer = client.get(DicomWebClient.path(image.object()) + "/frames/1", "Accept", accept);

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.detail()).contains(BYTES, "image/dicom-rle");
    }

    /** M11 and M12: what lies about itself, or is no code stream. */
    @Test
    void framesThatCannotBeRead() throws Exception {
        TestObject large = TestObject.image(study, "1.2.3", 1, 64).with(Tag.NUMBER_OF_FRAMES, "2147483647");
        TestObject broken = TestObject.image(study, "1.2.3", 2, 0);
        broken.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2, 3, 4}));
        store(large.file(), broken.file(TransferSyntax.of(Uid.JPEG_BASELINE)));

        for (TestObject object : List.of(large, broken)) {
            Answer answer = client.get(DicomWebClient.path(object) + "/frames/1");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        }
        assertThat(client.get(DicomWebClient.path(broken)).status()).isEqualTo(422);
        assertThat(client.get(DicomWebClient.path(large)).parts().get(0).dataSet())
                .isEqualTo(large.bytes());
    }
}
