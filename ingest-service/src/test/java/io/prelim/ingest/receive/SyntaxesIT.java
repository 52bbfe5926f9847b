package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.EventJson;
import io.prelim.events.StudyManifest;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
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
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transfer syntax that storage knows, through both doors; deflated objects whole. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class SyntaxesIT {
    private static final TransferSyntax DEFLATED = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    static List<String> syntaxes() {
        return TransferSyntax.STORAGE;
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void anObjectOfEachIsKeptByteForByte(String uid) throws Exception {
        TransferSyntax syntax = TransferSyntax.of(uid);
        TestObject first = object(syntax);
        TestObject second = object(syntax);

        assertThat(dimse(first, syntax, first.bytes(syntax))).isZero();
        assertThat(stow(second.file(syntax)).status()).isEqualTo(200);

        assertThat(index.original(first.sopInstance())).isEqualTo(first.bytes(syntax));
        assertThat(index.original(second.sopInstance())).isEqualTo(second.bytes(syntax));
    }

    @Test
    void anotherSyntaxIsRefused() throws Exception {
        TestObject object = TestObject.radiograph();

        assertThat(stow(object.file(TransferSyntax.of("1.2.840.113619.5.2"))).failed())
                .containsExactly(object.sopInstance() + " C122");
    }

    @Test
    void aDeflatedImageIsKeptWholeAndItsPixelsAreKnown() throws Exception {
        TestObject object = TestObject.radiograph();

        assertThat(dimse(object, DEFLATED, object.bytes(DEFLATED))).isZero();
        assertThat(dimse(object, DEFLATED, object.bytes(DEFLATED))).isZero();
        assertThat(stow(object.file()).status()).as("the same, not deflated").isEqualTo(200);

        assertThat(index.headerVersions(object.sopInstance())).containsExactly("1 false", "2 false");
        StudyManifest manifest = EventJson.read(
                index.part(index.awaitReceived(object.study(), 1).manifest().partId()), StudyManifest.class);
        assertThat(manifest.images()).singleElement().satisfies(image -> {
            assertThat(image.transferSyntaxUid()).isEqualTo(DEFLATED.uid());
            assertThat(image.rows()).isEqualTo(64);
            assertThat(image.pixels()).isNull();
        });
        TestObject other = object.withPixels(99, 64 * 64);
        assertThat(stow(other.file(DEFLATED)).failed()).containsExactly(object.sopInstance() + " C002");
    }

    @Test
    @BadInput(id = "M09", entrance = Entrance.DIMSE, answer = "C-STORE C003; C001 when it is cut or no deflated data")
    @BadInput(id = "M09", entrance = Entrance.STOW, answer = "409 C003; C001 when it is cut or no deflated data")
    void aDeflateBomb() throws Exception {
        TestObject object = TestObject.radiograph();
        byte[] plain = StowClient.concat(object.bytes(), new byte[200 << 20]);
        refused(0xC003, object, deflate(plain));
        byte[] whole = object.bytes(DEFLATED);
        refused(0xC001, object, Arrays.copyOf(whole, whole.length / 2));
        refused(0xC001, object, object.bytes());
    }

    private void refused(int status, TestObject object, byte[] dataSet) throws Exception {
        assertThat(dimse(object, DEFLATED, dataSet)).isEqualTo(status);
        byte[] file = object.file(DEFLATED);
        byte[] head = Arrays.copyOf(file, file.length - object.bytes(DEFLATED).length);
        StowClient.Answer answer = stow(StowClient.concat(head, dataSet));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.failed()).containsExactly(object.sopInstance() + String.format(" %04X", status));
        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isZero();
    }

    private static TestObject object(TransferSyntax syntax) {
        TestObject object = TestObject.radiograph();
        if (syntax.encapsulated()) {
            object.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2, 3, 4}));
        }
        return object;
    }

    private int dimse(TestObject object, TransferSyntax syntax, byte[] dataSet) throws IOException {
        try (Sender sender = Sender.connectIn(listener.port(), syntax)) {
            StoreResponse answer = sender.send(object, syntax, dataSet);
            return answer.status();
        }
    }

    private static StowClient.Answer stow(byte[] file) throws IOException, InterruptedException {
        return new StowClient(RestAssured.port).store(file);
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[64 << 10];
        while (!deflater.finished()) {
            out.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return out.toByteArray();
    }
}
