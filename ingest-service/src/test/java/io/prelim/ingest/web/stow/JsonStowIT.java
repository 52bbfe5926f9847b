package io.prelim.ingest.web.stow;

import static io.prelim.ingest.StowClient.BOUNDARY;
import static io.prelim.ingest.StowClient.ascii;
import static io.prelim.ingest.StowClient.concat;
import static io.prelim.ingest.StowClient.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.json.BulkDataPolicy;
import io.prelim.dicom.json.DicomJsonWriter;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** STOW-RS of metadata in DICOM JSON and bulk data. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class JsonStowIT {
    private static final String MULTIPART = "multipart/related; type=\"application/dicom+json\"; boundary=" + BOUNDARY;
    private static final byte[] CLOSE = ascii("--" + BOUNDARY + "--");

    @Inject
    TestIndex index;

    private StowClient client;

    @BeforeEach
    void connect() {
        client = new StowClient(RestAssured.port);
    }

    @Test
    void metadataAndBulkDataInAnyOrderBecomeTheObjects() throws Exception {
        TestObject first = TestObject.image(Uid.random(), "1.2.3", 1, 300_001);
        TestObject second = TestObject.image(first.study(), "1.2.3", 2, 5_000);
        second.dataSet().putBytes(Tag.of(0x6000, 0x3000), VR.OW, new byte[] {1, 2, 3, 4});

        StowClient.Answer answer = client.send(
                "/" + first.study(),
                MULTIPART,
                concat(
                        metadata(first, second),
                        bulk("application/octet-stream", location(second, Tag.PIXEL_DATA), second.pixels()),
                        bulk("application/octet-stream", location(first, Tag.PIXEL_DATA), first.pixels()),
                        bulk("application/octet-stream", location(second, Tag.of(0x6000, 0x3000)), new byte[] {
                            1, 2, 3, 4
                        }),
                        CLOSE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.stored()).containsExactly(first.sopInstance(), second.sopInstance());
        assertThat(index.original(first.sopInstance())).isEqualTo(first.bytes());
        assertThat(index.original(second.sopInstance())).isEqualTo(second.bytes());
        assertThat(index.awaitReceived(first.study(), 1).instances()).isEqualTo(2);
    }

    @Test
    void whatIsWholeInJsonNeedsNoMultipart() throws Exception {
        TestObject object = TestObject.report(Uid.random()).with(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192");
        object.with(Tag.PATIENT_NAME, "Sÿnthetic^Öne");

        StowClient.Answer answer = client.send("", "application/dicom+json", json(object));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void oneCompressedFrameIsEncapsulated() throws Exception {
        TestObject object = TestObject.radiograph();
        byte[] jpeg = {1, 2, 3};

        StowClient.Answer answer = client.send(
                "",
                MULTIPART,
                concat(
                        metadata(object),
                        bulk(
                                "image/jpeg; transfer-syntax=" + Uid.JPEG_BASELINE,
                                location(object, Tag.PIXEL_DATA),
                                jpeg),
                        CLOSE));

        assertThat(answer.status()).isEqualTo(200);
        object.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], jpeg));
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes(TransferSyntax.of(Uid.JPEG_BASELINE)));
    }

    @Test
    void whatIsNotDefiniteIsRefused() throws Exception {
        String known = "; transfer-syntax=" + Uid.JPEG_BASELINE;
        for (String type : List.of(
                "image/jpeg",
                "image/png; transfer-syntax=1.2.3",
                "application/octet-stream" + known,
                "image/jpeg; transfer-syntax=" + Uid.IMPLICIT_VR_LITTLE_ENDIAN,
                "text/plain" + known)) {
            assertThat(withPixels(TestObject.radiograph(), type).failed())
                    .as(type)
                    .singleElement()
                    .asString()
                    .endsWith(" C122");
        }
        TestObject frames = TestObject.radiograph().with(Tag.NUMBER_OF_FRAMES, "2");
        assertThat(withPixels(frames, "image/jpeg" + known).failed()).containsExactly(frames.sopInstance() + " C122");
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "202 with C007 and C006")
    void bulkDataThatIsMissingOrNobodys() throws Exception {
        TestObject whole = TestObject.radiograph();
        TestObject lacking = TestObject.radiograph();

        StowClient.Answer answer = client.send(
                "",
                MULTIPART,
                concat(
                        metadata(whole, lacking),
                        bulk("application/octet-stream", location(whole, Tag.PIXEL_DATA), whole.pixels()),
                        bulk("application/octet-stream", "nobody's", new byte[10]),
                        part("application/octet-stream", new byte[10]),
                        CLOSE));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.stored()).containsExactly(whole.sopInstance());
        assertThat(answer.failed()).containsExactly(lacking.sopInstance() + " C007");
        assertThat(answer.others()).containsExactly("C006", "C006");
        assertThat(index.count("instances", "sop_instance_uid", lacking.sopInstance()))
                .isZero();
    }

    @Test
    @BadInput(id = "M22", entrance = Entrance.STOW, answer = "409 C007, nothing fetched")
    void aUriIsComparedAndNeverFetched() throws Exception {
        TestObject object = TestObject.radiograph();
        String there = "http://127.0.0.1:" + RestAssured.port + "/q/health";
        byte[] json = json(object, there);

        StowClient.Answer answer = client.send("", MULTIPART, concat(part("application/dicom+json", json), CLOSE));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.failed()).containsExactly(object.sopInstance() + " C007");
    }

    @Test
    @BadInput(id = "M23", entrance = Entrance.STOW, answer = "400, 413")
    void metadataThatIsNone() throws Exception {
        for (String json :
                List.of("", "[", "[{]", "{\"00080018\":{}}", "<xml/>", "[{\"00080018\":{\"vr\":\"UI\"}} x]")) {
            StowClient.Answer answer =
                    client.send("", MULTIPART, concat(part("application/dicom+json", ascii(json)), CLOSE));
            assertThat(answer.status()).as(json).isEqualTo(400);
        }
        byte[] flood = ascii("[" + "{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}},".repeat(30_000));
        assertThat(client.send("", MULTIPART, concat(part("application/dicom+json", flood), CLOSE))
                        .status())
                .isEqualTo(413);
        byte[] many = ascii("[" + "{},".repeat(200) + "{}]");
        assertThat(client.send("", "application/dicom+json", many).status()).isEqualTo(413);
        StowClient.Answer nameless = client.send("", "application/dicom+json", ascii("[{},{}]"));
        assertThat(nameless.status()).isEqualTo(409);
        assertThat(nameless.others()).containsExactly("C004", "C004");
    }

    @Test
    @BadInput(id = "M07", entrance = Entrance.STOW, answer = "409 C003")
    void bulkDataBeyondTheLimits() throws Exception {
        TestObject pixels = TestObject.radiograph();
        assertThat(client.send(
                                "",
                                MULTIPART,
                                concat(
                                        metadata(pixels),
                                        bulk(
                                                "application/octet-stream",
                                                location(pixels, Tag.PIXEL_DATA),
                                                new byte[9 << 20]),
                                        CLOSE))
                        .failed())
                .containsExactly(pixels.sopInstance() + " C003");
        int overlay = Tag.of(0x6000, 0x3000);
        TestObject value = TestObject.report(Uid.random());
        value.dataSet().putBytes(overlay, VR.OW, new byte[2]);
        assertThat(client.send(
                                "",
                                MULTIPART,
                                concat(
                                        metadata(value),
                                        bulk("application/octet-stream", location(value, overlay), new byte[2 << 20]),
                                        CLOSE))
                        .failed())
                .containsExactly(value.sopInstance() + " C003");
    }

    private StowClient.Answer withPixels(TestObject object, String type) throws IOException, InterruptedException {
        return client.send(
                "",
                MULTIPART,
                concat(metadata(object), bulk(type, location(object, Tag.PIXEL_DATA), object.pixels()), CLOSE));
    }

    private static byte[] metadata(TestObject... objects) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        List<DataSet> dataSets = Arrays.stream(objects).map(TestObject::dataSet).toList();
        BulkDataPolicy policy = (path, element) -> element.tag() == Tag.PIXEL_DATA || Tag.group(element.tag()) == 0x6000
                ? location(holding(objects, element), element.tag())
                : null;
        DicomJsonWriter.writeAll(dataSets, json, policy);
        return part("application/dicom+json", json.toByteArray());
    }

    private static TestObject holding(TestObject[] objects, io.prelim.dicom.object.Element element) {
        return Arrays.stream(objects)
                .filter(object -> object.dataSet().element(element.tag()) == element)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] json(TestObject object) throws IOException {
        return json(object, null);
    }

    private static byte[] json(TestObject object, String uri) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        DicomJsonWriter.write(object.dataSet(), json, (path, element) -> element.tag() == Tag.PIXEL_DATA ? uri : null);
        return json.toByteArray();
    }

    private static String location(TestObject object, int tag) {
        return "bulk/" + object.sopInstance() + "/" + Integer.toHexString(tag);
    }

    private static byte[] bulk(String contentType, String location, byte[] body) {
        return part(contentType + "\r\nContent-Location: " + location, body);
    }
}
