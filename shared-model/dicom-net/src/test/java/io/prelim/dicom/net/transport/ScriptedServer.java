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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server that a scripted peer has connected to; after each test it still serves the next peer, and nothing was kept. */
abstract class ScriptedServer {
    static final String CT = Uid.CT_IMAGE_STORAGE;
    static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    static final byte[] ECHO_CONTEXT = Units.context(1, Uid.VERIFICATION, IMPLICIT);
    static final byte[] CT_CONTEXT = Units.context(3, CT, IMPLICIT);

    static final String ABORT_0_0 = "07 00 00000004 0000 00 00";
    static final String ABORT_2_1 = "07 00 00000004 0000 02 01";
    static final String ABORT_2_2 = "07 00 00000004 0000 02 02";
    static final String ABORT_2_6 = "07 00 00000004 0000 02 06";

    final MemoryStore store = new MemoryStore();
    final RecordingListener listener = new RecordingListener();
    DicomServer server;
    ScriptedPeer peer;

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

    final void associate() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 16384, ECHO_CONTEXT, CT_CONTEXT));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);
    }

    final void beginStore() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, CT, "1.2.3")));
        peer.send(Units.data(3, false, false, new byte[1000]));
        await().untilAsserted(() -> assertThat(store.requests).hasSize(1));
    }

    /** The receiver saw its stream break. */
    final void cutShort() {
        await().untilAsserted(() -> assertThat(store.failures).hasSize(1));
    }

    final void aborted(AbortCause.Kind kind) {
        await().untilAsserted(() ->
                assertThat(listener.aborted).extracting(AbortCause::kind).containsExactly(kind));
    }
}
