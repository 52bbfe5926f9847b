package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Our requestor against acceptors that follow a script. */
class DicomClientTest extends ScriptedAcceptor {
    private DicomClient connect() throws IOException {
        return associate(settings(), Uid.VERIFICATION, Uid.CT_IMAGE_STORAGE);
    }

    @Test
    void rejection() {
        CompletableFuture<Void> peer = peer(p -> {
            p.send("03 00 00000004 00 02 03 02");
            p.expectClose();
        });

        assertThatThrownBy(this::connect)
                .isInstanceOfSatisfying(
                        AssociationRejected.class, e -> assertThat(e.reject()).hasToString("RJ(2,3,2)"));
        peer.join();
    }

    @Test
    void abortInPlaceOfAnAnswer() {
        CompletableFuture<Void> peer = peer(p -> {
            p.send("07 00 00000004 0000 02 01");
            p.expectClose();
        });

        assertThatThrownBy(this::connect).isInstanceOfSatisfying(AssociationAborted.class, e -> {
            assertThat(e.abortCause().kind()).isEqualTo(AbortCause.Kind.PEER_ABORTED);
            assertThat(e.abortCause().reason()).isEqualTo(1);
        });
        peer.join();
    }

    @Test
    void dataInPlaceOfAnAnswerIsAborted() {
        CompletableFuture<Void> peer = peer(p -> {
            p.send(Units.data(1, true, true, Units.echoRq(1))).expect("07 00 00000004 0000 02 02");
        });

        assertThatThrownBy(this::connect).isInstanceOf(AssociationAborted.class);
        peer.join();
    }

    @Test
    void objectsKeepToThePeersMaximumLength() throws IOException {
        CompletableFuture<Void> peer = peer(p -> {
            p.send(accept(100, 2));
            int data = 0;
            byte[] unit;
            do {
                unit = p.receiveUnit();
                assertThat(unit.length).isLessThanOrEqualTo(6 + 100);
                data += (unit[11] & 1) == 0 ? unit.length - 12 : 0;
            } while ((unit[11] & 3) != 2);
            assertThat(data).isEqualTo(1000);
            p.send("07 00 00000004 0000 00 00");
        });

        DicomClient client = connect();
        assertThatThrownBy(() -> client.store(Uid.CT_IMAGE_STORAGE, "1.2", IMPLICIT, new byte[1000]))
                .isInstanceOf(AssociationAborted.class);
        client.close();
        peer.join();
    }

    @Test
    void anAnswerToAnotherRequestIsAborted() throws IOException {
        CompletableFuture<Void> peer = peer(p -> {
            p.send(accept(0, 2));
            p.receiveUnit();
            p.send(Units.data(1, true, true, Units.echoRq(1))).expect("07 00 00000004 0000 02 06");
        });

        DicomClient client = connect();
        assertThatThrownBy(client::echo).isInstanceOf(AssociationAborted.class);
        assertThatThrownBy(client::echo).isInstanceOf(IllegalStateException.class);
        client.close();
        peer.join();
    }

    @Test
    void releaseCollision() throws IOException {
        // PS3.8 section 9.2.2: the requestor answers the acceptor's request, then awaits its own answer
        CompletableFuture<Void> peer = peer(p -> {
            p.send(accept(0, 2)).expect(Units.RELEASE_RQ);
            p.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
            p.send(Units.RELEASE_RP).expectClose();
        });

        connect().close();
        peer.join();
    }

    @Test
    void dataAfterReleaseWasAskedForIsPassedOver() throws IOException {
        CompletableFuture<Void> peer = peer(p -> {
            p.send(accept(0, 2)).expect(Units.RELEASE_RQ);
            p.send(Units.data(1, true, true, Units.echoRq(1))).send(Units.RELEASE_RP);
            p.expectClose();
        });

        connect().close();
        peer.join();
    }
}
