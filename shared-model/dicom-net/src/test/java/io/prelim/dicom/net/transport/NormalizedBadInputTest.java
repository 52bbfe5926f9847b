package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests our acceptor refuses, each with its status; the association goes on, and the SCP never hears of them. */
class NormalizedBadInputTest {
    private static final String MPPS = Uid.MODALITY_PERFORMED_PROCEDURE_STEP;
    private static final String COMMITMENT = Uid.STORAGE_COMMITMENT_PUSH_MODEL;
    private static final String COMMITMENT_INSTANCE = Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE;
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final byte[] STATUS_ELEMENT =
            HexFormat.of().parseHex("40005202" + "04000000" + "444f4e45"); // (0040,0252) "DONE"

    private final MemoryProcedureSteps scp = new MemoryProcedureSteps();
    private DicomServer server;
    private ScriptedPeer peer;

    @BeforeEach
    void associate() throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults().withAbstractSyntaxes(Set.of(MPPS, COMMITMENT)),
                AssociationPolicy.acceptAll(),
                new MemoryStore(),
                scp,
                new RecordingListener());
        peer = ScriptedPeer.connect(server.port());
        peer.send(Units.associateRq(
                "PRELIM",
                "MODALITY",
                0,
                Units.context(1, Uid.VERIFICATION, IMPLICIT),
                Units.context(3, MPPS, IMPLICIT),
                Units.context(5, COMMITMENT, IMPLICIT)));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);
    }

    @AfterEach
    void goesOn() throws IOException {
        peer.send(Units.data(1, true, true, Units.echoRq(99)));
        assertThat(Units.status(peer.receiveUnit())).isZero();
        peer.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
        peer.close();
        await().until(() -> server.associations() == 0);
        server.close();
        assertThat(scp.requests).isEmpty();
    }

    private int answer(int contextId, byte[] command, byte[]... fragments) throws IOException {
        peer.send(Units.data(contextId, true, true, command));
        for (int i = 0; i < fragments.length; i++) {
            peer.send(Units.data(contextId, false, i == fragments.length - 1, fragments[i]));
        }
        return Units.status(peer.receiveUnit());
    }

    private static byte[] request(
            NormalizedOperation operation, String sopClass, String sopInstance, int typeId, boolean dataSet) {
        return Command.normalizedRequest(7, operation, sopClass, sopInstance, typeId, dataSet)
                .encode();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0010, 0x0020, 0x0021, 0x0110, 0x0150, 0x0007})
    void operationsThatAreNotServed(int field) throws IOException {
        assertThat(answer(3, Units.request(field, 1, false))).isEqualTo(0x0211);
        assertThat(answer(3, Units.request(field, 2, true), STATUS_ELEMENT)).isEqualTo(0x0211);
    }

    @Test
    void operationsThatTheClassHasNot() throws IOException {
        assertThat(answer(3, request(NormalizedOperation.N_ACTION, MPPS, "1.2", 1, false)))
                .isEqualTo(0x0211);
        assertThat(answer(
                        5,
                        request(NormalizedOperation.N_CREATE, COMMITMENT, COMMITMENT_INSTANCE, 0, true),
                        STATUS_ELEMENT))
                .isEqualTo(0x0211);
        assertThat(answer(3, Units.storeRq(1, MPPS, "1.2"), STATUS_ELEMENT)).isEqualTo(0x0211);
        assertThat(answer(1, request(NormalizedOperation.N_CREATE, Uid.VERIFICATION, "1.2", 0, false)))
                .isEqualTo(0x0211);
    }

    @Test
    void anEventOfWhoIsNotTheScp() throws IOException {
        assertThat(answer(
                        5,
                        request(NormalizedOperation.N_EVENT_REPORT, COMMITMENT, COMMITMENT_INSTANCE, 1, true),
                        STATUS_ELEMENT))
                .isEqualTo(0x0211);
    }

    @Test
    void aClassThatIsNotTheContexts() throws IOException {
        assertThat(answer(3, request(NormalizedOperation.N_CREATE, COMMITMENT, "1.2", 0, true), STATUS_ELEMENT))
                .isEqualTo(0x0118);
    }

    @ParameterizedTest
    @CsvSource({"N_CREATE,1..2", "N_CREATE,../../etc/passwd", "N_SET,''", "N_SET,1.02"})
    void instanceUidsThatAreNone(NormalizedOperation operation, String uid) throws IOException {
        assertThat(answer(3, request(operation, MPPS, uid, 0, true), STATUS_ELEMENT))
                .isEqualTo(0x0117);
    }

    @Test
    void dataSetsThatAreMissing() throws IOException {
        assertThat(answer(3, request(NormalizedOperation.N_CREATE, MPPS, "1.2", 0, false)))
                .isEqualTo(0x0120);
        assertThat(answer(3, request(NormalizedOperation.N_SET, MPPS, "1.2", 0, false)))
                .isEqualTo(0x0121);
        assertThat(answer(5, request(NormalizedOperation.N_ACTION, COMMITMENT, COMMITMENT_INSTANCE, 1, false)))
                .isEqualTo(0x0115);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40005202" + "00010000" + "444f4e45", // a value longer than what comes
                "40005202" + "ffffffff" + "444f4e45", // undefined length where no sequence stands
                "40005202" + "0400", // cut inside the length
                "40007002" + "ffffffff" + "feff00e0" + "ff" // cut inside an item
            })
    void dataSetsThatAreMalformed(String hex) throws IOException {
        byte[] command = request(NormalizedOperation.N_CREATE, MPPS, "1.2", 0, true);

        assertThat(answer(3, command, HexFormat.of().parseHex(hex))).isEqualTo(0x0110);
    }

    /** M07, M08: a bomb of elements ends at their cap, a claim of 2 GiB and a pile of bytes at theirs. */
    @Test
    void dataSetsThatAreTooLarge() throws IOException {
        ByteBuffer items = ByteBuffer.allocate(8 + 8 * 400_001).order(ByteOrder.LITTLE_ENDIAN);
        items.putShort((short) 0x0008).putShort((short) 0x1199).putInt(items.capacity() - 8);
        while (items.hasRemaining()) {
            items.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(0);
        }
        byte[] request = request(NormalizedOperation.N_ACTION, COMMITMENT, COMMITMENT_INSTANCE, 1, true);
        assertThat(answer(5, request, items.array())).isEqualTo(0x0213);

        byte[] lie = HexFormat.of().parseHex("40005202" + "ffffff7f" + "444f4e45");
        assertThat(answer(5, request, lie)).isEqualTo(0x0213);

        byte[][] pile = new byte[18][];
        for (int i = 0; i < pile.length; i++) {
            ByteBuffer element = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
            element.putShort((short) 0x0009).putShort((short) (0x1000 + i)).putInt(element.capacity() - 8);
            pile[i] = element.array();
        }
        assertThat(answer(5, request, pile)).isEqualTo(0x0213);
    }

    @Test
    void aCancellationIsPassedOver() throws IOException {
        // (0000,0100) 0FFF, (0000,0110) absent: C-CANCEL has no identifier of its own
        peer.send(Units.data(3, true, true, Units.response(0x0FFF, 7, 0, false)));
    }
}
