package io.prelim.ingest.web.stow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Ids;
import io.prelim.ingest.RawHttp;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** STOW-RS to the index, the store and the outbox: what is promised to a client that keeps the rules. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class StowIT {
    /** Bytes of pixel data, below the limit of an object in this test. */
    private static final int LARGE = 7_500_000;

    @Inject
    TestIndex index;

    @Inject
    DicomListener listener;

    private StowClient client;

    @BeforeEach
    void connect() {
        client = new StowClient(RestAssured.port);
    }

    @Test
    void storedObjectsBecomeAStudy() throws Exception {
        String study = Uid.random();
        List<TestObject> objects = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            objects.add(TestObject.image(study, "1.2.3", number, 70_000 * number));
        }

        StowClient.Answer answer =
                client.store(objects.stream().map(TestObject::file).toArray(byte[][]::new));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/dicom+json");
        assertThat(answer.raw().headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.stored())
                .containsExactlyElementsOf(
                        objects.stream().map(TestObject::sopInstance).toList());
        assertThat(answer.failed()).isEmpty();
        assertThat(answer.body().path("00081190").path("vr").asText()).isEqualTo("UR");
        assertThat(answer.body().at("/00081199/Value/0/00081150/Value/0").asText())
                .isEqualTo(Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION);
        assertThat(index.count("instances", "study_key", Ids.study("default", study)))
                .as("indexed when answered")
                .isEqualTo(5);
        assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(5);
        for (TestObject object : objects) {
            assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
        }
    }

    @Test
    void oneObjectWithoutMultipart() throws Exception {
        TestObject object = TestObject.radiograph();

        StowClient.Answer answer = client.send("", "application/dicom", object.file());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.stored()).containsExactly(object.sopInstance());
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void anyLayoutOfBytesIsKeptAsItIs() throws Exception {
        for (TransferSyntax syntax :
                List.of(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)) {
            TestObject object = TestObject.radiograph();

            assertThat(client.store(object.file(syntax)).status()).isEqualTo(200);

            assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes(syntax));
        }
        TestObject jpeg = TestObject.radiograph();
        jpeg.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2, 3, 4}));
        TransferSyntax baseline = TransferSyntax.of(Uid.JPEG_BASELINE);
        assertThat(client.store(jpeg.file(baseline)).status()).isEqualTo(200);
        assertThat(index.original(jpeg.sopInstance())).isEqualTo(jpeg.bytes(baseline));
    }

    @Test
    void theSameObjectThroughEitherDoorIsOneInstance() throws Exception {
        TestObject object = TestObject.radiograph();

        assertThat(client.store(object.file()).status()).isEqualTo(200);
        assertThat(client.store(object.file(), object.file()).status()).isEqualTo(200);
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(object).status()).isZero();
        }
        StowClient.Answer last = client.store(object.file());

        assertThat(last.status()).isEqualTo(200);
        assertThat(last.stored()).containsExactly(object.sopInstance());
        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
        assertThat(index.headerVersions(object.sopInstance())).containsExactly("1 false");
    }

    @Test
    void whatIsStoredAndWhatIsNotIsToldApart() throws Exception {
        TestObject good = TestObject.radiograph();
        TestObject other = TestObject.radiograph();
        TestObject truncated = TestObject.radiograph();
        byte[] cut = truncated.file();

        StowClient.Answer answer = client.send(
                "",
                StowClient.MULTIPART,
                StowClient.concat(
                        StowClient.part("application/dicom", good.file()),
                        StowClient.part("application/dicom", java.util.Arrays.copyOf(cut, cut.length - 100)),
                        StowClient.part("image/jpeg", new byte[] {1, 2, 3}),
                        StowClient.part("application/dicom; transfer-syntax=*", other.file()),
                        StowClient.ascii("--" + StowClient.BOUNDARY + "--")));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.stored()).containsExactly(good.sopInstance(), other.sopInstance());
        assertThat(answer.failed()).containsExactly(truncated.sopInstance() + " C001");
        assertThat(answer.others()).containsExactly("C006");
    }

    @Test
    void anObjectOfAnotherStudyThanTheAddressSays() throws Exception {
        TestObject here = TestObject.radiograph();
        TestObject elsewhere = TestObject.radiograph();

        StowClient.Answer some = client.storeIn(here.study(), here.file(), elsewhere.file());
        StowClient.Answer none = client.storeIn(here.study(), elsewhere.file());

        assertThat(some.status()).isEqualTo(202);
        assertThat(some.stored()).containsExactly(here.sopInstance());
        assertThat(some.failed()).containsExactly(elsewhere.sopInstance() + " C005");
        assertThat(none.status()).isEqualTo(409);
        assertThat(none.failed()).containsExactly(elsewhere.sopInstance() + " C005");
        assertThat(index.count("instances", "sop_instance_uid", elsewhere.sopInstance()))
                .isZero();
    }

    @Test
    void theFileMetaMustNameTheObject() throws Exception {
        TestObject object = TestObject.radiograph();
        byte[] renamed = object.file();
        String there = object.sopInstance();
        int at = new String(renamed, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(there) + there.length() - 1;
        renamed[at] = (byte) (renamed[at] == '1' ? '2' : '1');

        StowClient.Answer answer = client.store(renamed);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.failed()).singleElement().asString().endsWith(" C004");
    }

    @Test
    void classesAndSyntaxesThatAreNotOfStorage() throws Exception {
        TestObject verification = TestObject.radiograph().with(Tag.SOP_CLASS_UID, Uid.VERIFICATION);
        assertThat(client.store(verification.file()).failed()).containsExactly(verification.sopInstance() + " 0122");
    }

    @Test
    void withoutADatabaseTheAnswerIs503AndItRecovers() throws Exception {
        TestObject object = TestObject.radiograph();
        ServiceUnderTest.database().cut();
        StowClient.Answer away;
        try {
            away = client.store(object.file());
        } finally {
            ServiceUnderTest.database().restore();
        }

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.raw().headers().firstValue("Retry-After")).contains("5");
        assertThat(away.failed()).containsExactly(object.sopInstance() + " A700");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(client.store(object.file()).status()).isEqualTo(200));
    }

    @Test
    void figuresTellOfStatusesAndNeverOfUids() throws Exception {
        TestObject object = TestObject.radiograph();

        client.storeIn(object.study(), object.file());

        String metrics = RestAssured.get("/q/metrics").asString();
        assertThat(metrics)
                .contains("prelim_ingest_stow_answer_seconds_count{status=\"200\"")
                .contains("prelim_ingest_stow_requests_open")
                .contains("uri=\"/dicom-web/studies/{study}\"")
                .doesNotContain(object.study());
    }

    @Test
    void bytesBehindThePixelsAreKept() throws Exception {
        TestObject object = TestObject.radiograph();
        object.dataSet().putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, new byte[] {1, 2, 3, 4});

        assertThat(client.store(object.file()).status()).isEqualTo(200);

        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    @org.junit.jupiter.api.Tag("full")
    @Timeout(300)
    void aRequestLargerThanTheHeapStreams() throws Exception {
        String study = Uid.random();
        int parts = (int) (Runtime.getRuntime().maxMemory() / LARGE) + 10;
        String close = "--" + StowClient.BOUNDARY + "--";
        long length = (long) parts * largePart(study, 1_000).length + close.length();
        try (RawHttp http = RawHttp.connect(RestAssured.port)) {
            http.head(
                    "POST /dicom-web/studies/" + study + " HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: " + StowClient.MULTIPART,
                    "Content-Length: " + length);
            for (int number = 1_000; number < 1_000 + parts; number++) {
                http.send(largePart(study, number));
            }
            http.send(close);
            assertThat(http.status()).isEqualTo(200);
        }
        assertThat(index.count("instances", "study_key", Ids.study("default", study)))
                .isEqualTo(parts);
    }

    /** As long for one number of four digits as for another. */
    private static byte[] largePart(String study, int number) {
        TestObject object = TestObject.image(study, "1.2.3", number, LARGE)
                .with(Tag.SOP_INSTANCE_UID, study.substring(0, 20) + "." + number);
        return StowClient.part("application/dicom", object.file());
    }
}
