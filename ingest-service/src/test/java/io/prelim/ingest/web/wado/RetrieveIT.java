package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StoreUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.ingest.fixture.DicomWebClient.Answer;
import io.prelim.ingest.fixture.DicomWebClient.Piece;
import io.prelim.ingest.fixture.KeyObjects;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances read back by every resource, in the transfer syntaxes the web has. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(90)
class RetrieveIT {
    private static final String ANY_SYNTAX = DicomWebClient.PARTS + "; transfer-syntax=*";

    private static final int CUT = 0;

    @Inject
    StoreUnderTest store;

    private final String study = Uid.random();
    private DicomWebClient client;
    private StowClient stow;

    @BeforeEach
    void clients() {
        client = new DicomWebClient(RestAssured.port);
        stow = new StowClient(RestAssured.port);
    }

    private void store(byte[]... files) throws Exception {
        assertThat(stow.store(files).status()).isEqualTo(200);
    }

    @Test
    void anInstanceComesByteForByte() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 300_001);
        object.dataSet().putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, new byte[] {1, 2, 3, 4});
        store(object.file());

        Answer alone = client.get(DicomWebClient.path(object), "Accept", "application/dicom");
        Answer parts = client.get(DicomWebClient.path(object), "Accept", DicomWebClient.PARTS);

        assertThat(alone.status()).isEqualTo(200);
        assertThat(alone.header("Content-Length")).isEqualTo(Integer.toString(alone.body().length));
        assertThat(alone.header("Content-Type").replace(" ", ""))
                .isEqualTo("application/dicom;transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(alone.header("X-Content-Type-Options")).isEqualTo("nosniff");
        Piece file = new Piece("", "", alone.body());
        assertThat(file.dataSet()).isEqualTo(object.bytes());
        assertThat(Arrays.copyOf(alone.body(), 128)).containsOnly(0);
        assertThat(file.meta().transferSyntaxUid()).isEqualTo(Uid.EXPLICIT_VR_LITTLE_ENDIAN);
        assertThat(file.meta().sopInstanceUid()).isEqualTo(object.sopInstance());
        assertThat(file.meta().sopClassUid()).isEqualTo(object.sopClass());
        assertThat(parts.parts()).hasSize(1);
        assertThat(parts.parts().get(0).body()).isEqualTo(alone.body());
        assertThat(parts.parts().get(0).location()).isEqualTo(client.service() + DicomWebClient.path(object));
    }

    @Test
    void aStudyAndASeriesComeWhole() throws Exception {
        List<TestObject> objects = new ArrayList<>();
        List<byte[]> files = new ArrayList<>();
        for (int number = 0; number < 120; number++) { // more than a page
            TestObject object = TestObject.image(study, number < 100 ? "1.2.3" : "1.2.4", number, 64);
            objects.add(object);
            files.add(object.file());
        }
        store(files.toArray(byte[][]::new));

        List<Piece> ofStudy = client.get("/studies/" + study).parts();
        List<Piece> ofSeries = client.get("/studies/" + study + "/series/1.2.3").parts();

        assertThat(ofSeries).hasSize(100);
        assertThat(ofStudy).hasSize(120);
        List<byte[]> sets = new ArrayList<>();
        for (Piece piece : ofStudy) {
            sets.add(piece.dataSet());
        }
        assertThat(sets)
                .containsExactlyInAnyOrderElementsOf(
                        objects.stream().map(TestObject::bytes).toList());
    }

    @Test
    void whatTheWebHasNotComesExplicit() throws Exception {
        TestObject object = words();
        object.dataSet().putSequence(Tag.REQUEST_ATTRIBUTES_SEQUENCE, new DataSet().putString(0x00401001, "R1"));
        for (TransferSyntax stored :
                List.of(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)) {
            object.with(Tag.SOP_INSTANCE_UID, Uid.random());
            store(object.file(stored));

            for (String accept : List.of(DicomWebClient.PARTS, ANY_SYNTAX, "*/*")) {
                List<Piece> parts = client.get(DicomWebClient.path(object), "Accept", accept)
                        .parts();

                assertThat(parts.get(0).contentType()).endsWith("transfer-syntax=1.2.840.10008.1.2.1");
                assertThat(parts.get(0).dataSet()).isEqualTo(object.bytes());
            }
            Answer refused = client.get(
                    DicomWebClient.path(object), "Accept", DicomWebClient.PARTS + "; transfer-syntax=" + stored.uid());
            assertThat(refused.status()).isEqualTo(406);
            assertThat(refused.mediaType()).isEqualTo("application/problem+json");
            assertThat(refused.detail()).contains(DicomWebClient.PARTS + "; transfer-syntax=1.2.840.10008.1.2.1");
        }
    }

    @Test
    void aDeflatedObjectComesInflatedOrAsItIs() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 5000);
        TransferSyntax deflated = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;
        store(object.file(deflated));

        assertThat(client.get(DicomWebClient.path(object)).parts().get(0).dataSet())
                .isEqualTo(object.bytes());
        assertThat(client.get(DicomWebClient.path(object), "Accept", ANY_SYNTAX)
                        .parts()
                        .get(0)
                        .dataSet())
                .isEqualTo(object.bytes(deflated));
    }

    @Test
    void anEncapsulatedObjectComesDecodedOrAsItIs() throws Exception {
        Encapsulated image = Encapsulated.frames(study, 3);
        store(image.file());

        Piece decoded = client.get(DicomWebClient.path(image.object())).parts().get(0);
        Piece stored = client.get(DicomWebClient.path(image.object()), "Accept", ANY_SYNTAX)
                .parts()
                .get(0);

        assertThat(stored.contentType()).endsWith("transfer-syntax=" + Encapsulated.SYNTAX.uid());
        assertThat(stored.dataSet()).isEqualTo(image.object().bytes(Encapsulated.SYNTAX));
        DicomFile file = DicomFile.read(new ByteArrayInputStream(decoded.body()), ReadLimits.DEFAULT);
        assertThat(file.transferSyntax()).isEqualTo(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        assertThat(file.dataSet().bytes(Tag.PIXEL_DATA)).isEqualTo(image.samples());
        assertThat(file.dataSet().string(Tag.SOP_INSTANCE_UID))
                .isEqualTo(image.object().sopInstance());
    }

    @Test
    void aStudyOfWhichSomeIsNotAcceptedComesInPart() throws Exception {
        TestObject plain = TestObject.image(study, "1.2.3", 1, 64);
        TestObject unknown = TestObject.image(study, "1.2.3", 2, 0);
        unknown.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2}));
        store(plain.file(), unknown.file(TransferSyntax.of(Uid.HTJ2K)));

        Answer some = client.get("/studies/" + study, "Accept", DicomWebClient.PARTS);
        Answer all = client.get("/studies/" + study, "Accept", ANY_SYNTAX);
        Answer none = client.get(DicomWebClient.path(unknown), "Accept", DicomWebClient.PARTS);

        assertThat(some.status()).isEqualTo(206);
        assertThat(some.header("Warning")).startsWith("299 " + client.service());
        assertThat(some.parts()).hasSize(1);
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.parts()).hasSize(2);
        assertThat(none.status()).isEqualTo(406);
        assertThat(none.detail()).contains("transfer-syntax=" + Uid.HTJ2K);
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64);
        store(object.file());

        for (String path : List.of(
                "/studies/1.2.9",
                "/studies/" + study + "/series/1.2.9",
                "/studies/" + study + "/series/1.2.3/instances/1.2.9",
                "/studies/" + study + "/series/1.2.9/instances/" + object.sopInstance(),
                "/studies/1.2.9/series/1.2.3/instances/" + object.sopInstance())) {
            for (String below : List.of("", "/metadata")) {
                Answer answer = client.get(path + below);
                assertThat(answer.status()).as(path + below).isEqualTo(404);
                assertThat(answer.mediaType()).isEqualTo("application/problem+json");
            }
        }
        assertThat(client.get("/studies/" + study + "/series/..%2F1").status()).isEqualTo(400);
        assertThat(client.get("/studies/" + study + "?x=1").status()).isEqualTo(400);
    }

    @Test
    void whatIsNotAcceptedIsNamed() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64);
        store(object.file());

        for (String accept : List.of("text/html", "application/dicom;q=0", "multipart/related; type=\"image/jpeg\"")) {
            Answer answer = client.get(DicomWebClient.path(object), "Accept", accept);
            assertThat(answer.status()).isEqualTo(406);
            assertThat(answer.detail()).contains(DicomWebClient.PARTS);
        }
        assertThat(client.get(DicomWebClient.path(object) + "?accept=application/dicom", "Accept", "text/html")
                        .header("Content-Type"))
                .startsWith("application/dicom");
    }

    @Test
    void whatWasTakenBackIsNotThere() throws Exception {
        TestObject rejected = TestObject.image(study, "1.2.3", 1, 64);
        TestObject left = TestObject.image(study, "1.2.3", 2, 64);
        store(rejected.file(), left.file());
        store(KeyObjects.note("113037", study, List.of(rejected.sopInstance())).file());

        assertThat(client.get(DicomWebClient.path(rejected)).status()).isEqualTo(404);
        assertThat(client.get(DicomWebClient.path(rejected) + "/metadata").status())
                .isEqualTo(404);
        assertThat(client.get(DicomWebClient.path(rejected) + "/bulkdata/7FE00010")
                        .status())
                .isEqualTo(404);
        assertThat(client.get(DicomWebClient.path(rejected) + "/frames/1").status())
                .isEqualTo(404);
        assertThat(client.get("/studies/" + study).parts()).hasSize(1);

        store(KeyObjects.note("113037", study, List.of(left.sopInstance())).file());

        assertThat(client.get("/studies/" + study).status()).isEqualTo(404);
    }

    @Test
    @BadInput(id = "M18", entrance = Entrance.WADO, answer = "200, what was stored first")
    void whatWasKeptAsideIsNeverServed() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64);
        byte[] first = object.bytes();
        store(object.file());
        assertThat(stow.store(object.withPixels(9, 64).file()).status()).isEqualTo(409);

        assertThat(client.get("/studies/" + study).parts())
                .singleElement()
                .satisfies(part -> assertThat(part.dataSet()).isEqualTo(first));
    }

    @Test
    void aDamagedHeaderIsNeverServed() throws Exception {
        TestObject damaged = TestObject.image(study, "1.2.3", 1, 64);
        TestObject sound = TestObject.image(study, "1.2.3", 2, 64);
        store(damaged.file(), sound.file());
        store.damage("header_part", damaged);

        for (String below : List.of("", "/metadata", "/frames/1", "/bulkdata/7FE00010")) {
            Answer answer = client.get(DicomWebClient.path(damaged) + below);
            assertThat(answer.status()).as(below).isEqualTo(410);
            assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        }

        assertThat(store.reasons(damaged)).containsExactly("ALTERED");
        Answer rest = client.get("/studies/" + study);
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.dataSet()).isEqualTo(sound.bytes()));
        assertThat(client.get("/studies/" + study + "/metadata").status()).isEqualTo(206);
    }

    @Test
    void damagedPixelsAreNeverServedWhole() throws Exception {
        TestObject damaged = TestObject.image(study, "1.2.3", 1, 200_000);
        store(damaged.file());
        store.damage("pixels_part", damaged);

        assertThat(client.get(DicomWebClient.path(damaged) + "/frames/1").status())
                .isEqualTo(410);
        for (String accept : List.of("application/dicom", DicomWebClient.PARTS)) {
            assertThat(client.get(DicomWebClient.path(damaged), "Accept", accept)
                            .status())
                    .isEqualTo(410);
        }
        assertThat(client.get(DicomWebClient.path(damaged) + "/metadata").status())
                .isEqualTo(200);
    }

    /** Nobody knows of the damage before the study is under way: it ends without its end, or what was not sent yet is an error. */
    @ParameterizedTest
    @ValueSource(ints = {200_000, 6_000_000})
    void damageFoundOnTheWayIsNeverAWholeAnswer(int pixels) throws Exception {
        TestObject damaged = TestObject.image(study, "1.2.3", 1, pixels);
        store(damaged.file());
        store.damage("pixels_part", damaged);

        int status;
        String about = "";
        try {
            Answer answer = client.get("/studies/" + study);
            status = answer.status();
            about = answer.body().length + " bytes under "
                    + answer.raw().headers().map();
        } catch (IOException cut) {
            status = CUT;
        }

        assertThat(status).as(about).isIn(CUT, 503);
        assertThat(client.get("/studies/" + study).status()).isEqualTo(410);
    }

    /** 16 bits, of which big endian turns the bytes. */
    private TestObject words() {
        TestObject object = TestObject.image(study, "1.2.3", 1, 0);
        byte[] words = TestObject.image(study, "1.2.3", 7, 64 * 64 * 2).pixels();
        object.dataSet()
                .putInteger(Tag.BITS_ALLOCATED, 16)
                .putInteger(Tag.BITS_STORED, 12)
                .putInteger(Tag.HIGH_BIT, 11)
                .putBytes(Tag.PIXEL_DATA, VR.OW, words);
        return object;
    }
}
