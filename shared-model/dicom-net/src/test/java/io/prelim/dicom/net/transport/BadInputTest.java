package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input M01 to M05 through the DIMSE entrance: the exact answer to each, and a server that goes on. */
class BadInputTest {
    private static final String CT = Uid.CT_IMAGE_STORAGE;
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final byte[] ECHO_CONTEXT = Units.context(1, Uid.VERIFICATION, IMPLICIT);
    private static final byte[] CT_CONTEXT = Units.context(3, CT, IMPLICIT);

    private static final String ABORT_0_0 = "07 00 00000004 0000 00 00";
    private static final String ABORT_2_1 = "07 00 00000004 0000 02 01";
    private static final String ABORT_2_2 = "07 00 00000004 0000 02 02";
    private static final String ABORT_2_6 = "07 00 00000004 0000 02 06";

    private final MemoryStore store = new MemoryStore();
    private final RecordingListener listener = new RecordingListener();
    private DicomServer server;
    private ScriptedPeer peer;

    @BeforeEach
    void start() throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults(),
                request -> {
                    if (!request.calledAeTitle().equals("PRELIM")) {
                        return Reject.CALLED_AE_TITLE_NOT_RECOGNIZED;
                    }
                    return request.callingAeTitle().equals("MODALITY")
                            ? AssociationDecision.ACCEPT
                            : Reject.CALLING_AE_TITLE_NOT_RECOGNIZED;
                },
                store,
                listener);
        peer = ScriptedPeer.connect(server.port());
    }

    /** Whatever came before, the next peer is served, and nothing was kept. */
    @AfterEach
    void goesOn() throws IOException {
        peer.close();
        await().until(() -> server.associations() == 0);
        try (ScriptedPeer next = ScriptedPeer.connect(server.port())) {
            next.send(Units.associateRq("PRELIM", "MODALITY", 0, ECHO_CONTEXT));
            assertThat(next.receiveUnit()[0]).isEqualTo((byte) 2);
            next.send(Units.data(1, true, true, Units.echoRq(1)));
            assertThat(Units.status(next.receiveUnit())).isZero();
            next.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
        }
        server.close();
        assertThat(store.objects).isEmpty();
    }

    private void associate() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 16384, ECHO_CONTEXT, CT_CONTEXT));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);
    }

    private void beginStore() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, CT, "1.2.3")));
        peer.send(Units.data(3, false, false, new byte[1000]));
        await().untilAsserted(() -> assertThat(store.requests).hasSize(1));
    }

    /** The receiver saw its stream break. */
    private void cutShort() {
        await().untilAsserted(() -> assertThat(store.failures).hasSize(1));
    }

    private void aborted(AbortCause.Kind kind) {
        await().untilAsserted(() ->
                assertThat(listener.aborted).extracting(AbortCause::kind).containsExactly(kind));
    }

    // M01: length lies and truncation

    @Test
    void m01LengthLieBeforeAssociation() throws IOException {
        peer.send("01 00 ffffffff 0001").expect(ABORT_0_0);
        peer.endOutput();
        peer.expectClose();
        aborted(AbortCause.Kind.PROTOCOL_ERROR);
    }

    @Test
    void m01ItemLengthLieBeforeAssociation() throws IOException {
        byte[] request = Units.associateRq("PRELIM", "MODALITY", 16384, ECHO_CONTEXT);
        request[6 + 68 + 2] = (byte) 0xFF; // length of the application context item

        peer.send(request).expect(ABORT_0_0);
    }

    @Test
    void m01LengthLieAfterAssociation() throws IOException {
        associate();

        peer.send("04 00 ffffffff 00000004 01 03 0000").expect(ABORT_2_6);
        aborted(AbortCause.Kind.PROTOCOL_ERROR);
    }

    @Test
    void m01ReleaseOfAnotherLength() throws IOException {
        associate();

        peer.send("05 00 00000005 00000000 00").expect(ABORT_2_6);
    }

    @Test
    void m01TruncatedUnitInsideAnObject() throws IOException {
        beginStore();

        peer.send("04 00 00001000 00000ffc 03 02 00000000").endOutput();

        aborted(AbortCause.Kind.CONNECTION_LOST);
        cutShort();
    }

    @Test
    void m01ConnectionClosedBeforeAWord() throws IOException {
        peer.close();

        aborted(AbortCause.Kind.CONNECTION_LOST);
    }

    // M02: presentation data values

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 00 00000006 00000000 01 03", // length zero
                "04 00 00000006 00000001 01 03", // too short for its own header
                "04 00 00000008 ffffffff 01 03 0000", // overflow
                "04 00 00000008 00000005 01 03 0000", // one beyond its unit
                "04 00 00000000", // a unit without a value
                "04 00 0000000a 00000004 01 01 0000 0000" // a second value cut short by its unit
            })
    void m02ValueLengths(String unit) throws IOException {
        associate();

        peer.send(unit).expect(ABORT_2_6);
    }

    @Test
    void m02ContextThatWasNotAccepted() throws IOException {
        associate();

        peer.send(Units.data(5, true, true, Units.echoRq(1))).expect(ABORT_2_6);
    }

    @Test
    void m02CommandInsideADataSet() throws IOException {
        beginStore();

        peer.send(Units.data(3, true, true, Units.echoRq(2))).expect(ABORT_2_6);
        cutShort();
    }

    @Test
    void m02DataWhereACommandIsDue() throws IOException {
        associate();

        peer.send(Units.data(3, false, true, new byte[10])).expect(ABORT_2_6);
    }

    @Test
    void m02ContextThatChangesInsideAMessage() throws IOException {
        beginStore();

        peer.send(Units.data(1, false, true, new byte[10])).expect(ABORT_2_6);
        cutShort();
    }

    @Test
    void m02CommandSetWithoutEnd() throws IOException {
        associate();
        byte[] unit = Units.data(1, true, false, new byte[16_000]);
        for (int i = 0; i < 4; i++) {
            peer.send(unit);
        }

        peer.send(unit).expect(ABORT_2_6);
    }

    @Test
    void m02CommandSetThatIsNone() throws IOException {
        associate();

        peer.send(Units.data(1, true, true, "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
                .expect(ABORT_2_6);
    }

    // M03: out of sequence

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 00 00000008 00000004 01 03 0000",
                "05 00 00000004 00000000",
                "06 00 00000004 00000000",
                "03 00 00000004 00010101",
                "00 00 00000004 00000000",
                "47 45 54202f20 4854" // GET / HTTP
            })
    void m03BeforeAssociation(String unit) throws IOException {
        peer.send(unit).expect(ABORT_0_0);
    }

    @Test
    void m03SecondRequest() throws IOException {
        associate();

        peer.send(Units.associateRq("PRELIM", "MODALITY", 16384, ECHO_CONTEXT)).expect(ABORT_2_2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"06 00 00000004 00000000", "03 00 00000004 00010101"})
    void m03AfterAssociation(String unit) throws IOException {
        associate();

        peer.send(unit).expect(ABORT_2_2);
    }

    @Test
    void m03ReleaseInsideAnObject() throws IOException {
        beginStore();

        peer.send(Units.RELEASE_RQ).expect(ABORT_2_2);
        cutShort();
    }

    @Test
    void m03UnknownUnitAfterAssociation() throws IOException {
        associate();

        peer.send("99 00 00000004 00000000").expect(ABORT_2_1);
    }

    @Test
    void m03NoiseEndsTheAssociationOnly() throws IOException {
        byte[] noise = new byte[250];
        new Random(38).nextBytes(noise);
        noise[0] = 0x5A;

        peer.send(noise).expect(ABORT_0_0);
    }

    @Test
    void m03AbortInsideAnObject() throws IOException {
        beginStore();

        peer.send("07 00 00000004 0000 00 00");

        aborted(AbortCause.Kind.PEER_ABORTED);
        cutShort();
    }

    // M04: presentation contexts and maximum length

    @Test
    void m04EvenContextId() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(2, CT, IMPLICIT)))
                .expect(ABORT_2_6);
    }

    @Test
    void m04ContextIdTwice() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, ECHO_CONTEXT, ECHO_CONTEXT))
                .expect(ABORT_2_6);
    }

    @Test
    void m04MoreContextsThanThereAreIds() throws IOException {
        byte[][] contexts = IntStream.range(0, 200)
                .mapToObj(i -> Units.context(2 * i + 1, CT, IMPLICIT))
                .toArray(byte[][]::new);

        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, contexts)).expect(ABORT_2_6);
    }

    @Test
    void m04MaximumLengthTooShortForAnyData() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 6, ECHO_CONTEXT)).expect(ABORT_2_6);
    }

    @Test
    void m04NoContextThatIsAcceptableIsAnAssociationWithoutOne() throws IOException {
        peer.send(Units.associateRq(
                "PRELIM",
                "MODALITY",
                0,
                Units.context(1, "1.2.840.10008.5.1.4.1.2.2.1", IMPLICIT),
                Units.context(3, CT, Uid.EXPLICIT_VR_BIG_ENDIAN)));

        byte[] accept = peer.receiveUnit();

        assertThat(accept[0]).isEqualTo((byte) 2);
        assertThat(HexFormat.of().formatHex(accept))
                .contains("01000300" + "4000")
                .contains("03000400" + "4000");
        peer.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
    }

    @Test
    void m04AnswersKeepToAShortMaximumLength() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 16, ECHO_CONTEXT));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);

        peer.send(Units.data(1, true, true, Units.echoRq(1)));

        byte[] first = peer.receiveUnit();
        assertThat(first).hasSize(6 + 16);
        byte[] unit = first;
        while ((unit[11] & 2) == 0) {
            unit = peer.receiveUnit();
            assertThat(unit.length).isLessThanOrEqualTo(6 + 16);
        }
    }

    // M05: AE titles

    @Test
    void m05UnknownCallingAeTitle() throws IOException {
        peer.send(Units.associateRq("PRELIM", "../../etc", 0, ECHO_CONTEXT)).expect("03 00 00000004 00 01 01 03");
        await().untilAsserted(
                        () -> assertThat(listener.rejected).containsExactly(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED));
    }

    @Test
    void m05UnknownCalledAeTitle() throws IOException {
        peer.send(Units.associateRq("OTHER", "MODALITY", 0, ECHO_CONTEXT)).expect("03 00 00000004 00 01 01 07");
    }

    // messages that are well formed and cannot be served

    @Test
    void storeWithoutDataSet() throws IOException {
        associate();
        byte[] command = Units.storeRq(1, CT, "1.2.3");
        int dataSetType = command.length - 14 - 2; // (0000,0800) lies before the last element
        command[dataSetType] = 1;
        command[dataSetType + 1] = 1;

        peer.send(Units.data(3, true, true, command));

        assertThat(Units.status(peer.receiveUnit())).isEqualTo(0xC000);
    }

    @Test
    void storeOfAnotherSopClassThanTheContexts() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, Uid.MR_IMAGE_STORAGE, "1.2.3")));

        peer.send(Units.data(3, false, true, new byte[100]));

        assertThat(Units.status(peer.receiveUnit())).isEqualTo(0x0122);
    }

    @Test
    void anOperationThatIsNotServed() throws IOException {
        associate();
        byte[] find = Units.echoRq(1);
        find[find.length - 10 - 10 - 2] = 0x20; // (0000,0100) command field becomes C-FIND-RQ

        peer.send(Units.data(1, true, true, find));

        assertThat(Units.status(peer.receiveUnit())).isEqualTo(0x0211);
    }

    @Test
    void aUnitLongerThanAgreedIsTolerated() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, CT, "1.2.99")));

        peer.send(Units.data(3, false, true, new byte[1_000_000]));

        assertThat(Units.status(peer.receiveUnit())).isZero();
        assertThat(store.objects.remove("1.2.99")).hasSize(1_000_000);
    }
}
