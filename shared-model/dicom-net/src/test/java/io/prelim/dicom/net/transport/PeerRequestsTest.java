package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.object.DataSet;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a peer asks of us on an association that we requested. */
class PeerRequestsTest extends ScriptedAcceptor {
    private static final String COMMITMENT = Uid.STORAGE_COMMITMENT_PUSH_MODEL;
    private static final String INSTANCE = Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MemoryProcedureSteps scp = new MemoryProcedureSteps();
    /** A peer that associates, and then follows the script. */
    private CompletableFuture<Void> associated(Script script) {
        return peer(p -> script.follow(p.send(accept(0, 1))));
    }

    private DicomClient connect() throws IOException {
        return associate(settings(), COMMITMENT);
    }

    /** Sends an N-EVENT-REPORT with transaction UID "1.9"; the status of its answer. */
    private static int event(ScriptedPeer peer, NormalizedOperation operation) throws IOException {
        peer.send(Units.data(
                1,
                true,
                true,
                Command.normalizedRequest(1, operation, COMMITMENT, INSTANCE, 1, true)
                        .encode()));
        peer.send(Units.data(1, false, true, HexFormat.of().parseHex("08009511" + "04000000" + "312e3900")));
        return Units.status(peer.receiveUnit());
    }

    private static DataSet transaction() {
        return new DataSet().putString(Tag.TRANSACTION_UID, "1.9");
    }

    @Test
    void anEventBeforeTheAnswerAndOneAfterIt() throws IOException {
        CompletableFuture<Void> peer = associated(p -> {
            p.receiveUnit();
            p.receiveUnit();
            assertThat(event(p, NormalizedOperation.N_EVENT_REPORT)).isZero();
            p.send(Units.data(1, true, true, Units.response(0x8130, 1, 0, false)));
            assertThat(event(p, NormalizedOperation.N_EVENT_REPORT)).isZero();
            p.expect(Units.RELEASE_RQ).send(Units.RELEASE_RP);
        });

        try (DicomClient client = connect()) {
            client.serve(scp);
            assertThat(client.action(COMMITMENT, INSTANCE, 1, transaction()).done())
                    .isTrue();
            assertThat(client.awaitRequest(PATIENCE)).isTrue();
        }
        peer.join();
        assertThat(scp.requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.operation()).isEqualTo(NormalizedOperation.N_EVENT_REPORT);
            assertThat(request.association().callingAeTitle()).isEqualTo("PEER");
        });
        assertThat(scp.dataSets.get(1).string(Tag.TRANSACTION_UID)).isEqualTo("1.9");
    }

    @Test
    void whatTheScuMayAskIsNotServed() throws IOException {
        CompletableFuture<Void> peer = associated(p -> {
            assertThat(event(p, NormalizedOperation.N_ACTION)).isEqualTo(0x0211);
            p.send(Units.data(1, true, true, Units.request(0x0001, 2, false)));
            assertThat(Units.status(p.receiveUnit())).isEqualTo(0x0211);
            p.expect(Units.RELEASE_RQ).send(Units.RELEASE_RP);
        });

        try (DicomClient client = connect()) {
            client.serve(scp);
            assertThat(client.awaitRequest(PATIENCE)).isTrue();
            assertThat(client.awaitRequest(PATIENCE)).isTrue();
        }
        peer.join();
        assertThat(scp.requests).isEmpty();
    }

    @Test
    void thePeerMayReleaseInstead() throws IOException {
        CompletableFuture<Void> peer = associated(p -> {
            p.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
        });

        try (DicomClient client = connect()) {
            client.serve(scp);
            assertThat(client.awaitRequest(PATIENCE)).isFalse();
            assertThatThrownBy(() -> client.awaitRequest(PATIENCE)).isInstanceOf(IllegalStateException.class);
        }
        peer.join();
    }

    @Test
    void aRequestThatDoesNotComeEndsTheAssociation() throws IOException {
        CompletableFuture<Void> peer = associated(p -> p.expect("07 00 00000004 0000 00 00"));

        try (DicomClient client = connect()) {
            client.serve(scp);
            assertThatThrownBy(() -> client.awaitRequest(Duration.ofMillis(100)))
                    .isInstanceOfSatisfying(
                            AssociationAborted.class,
                            e -> assertThat(e.abortCause().kind()).isEqualTo(AbortCause.Kind.TIMED_OUT));
        }
        peer.join();
    }

    @Test
    void withoutAnScpWhatThePeerAsksEndsTheAssociation() throws IOException {
        CompletableFuture<Void> peer = associated(p -> {
            p.receiveUnit();
            p.receiveUnit();
            p.send(Units.data(1, true, true, Units.request(0x0100, 1, false)));
            p.expect("07 00 00000004 0000 02 06");
        });

        try (DicomClient client = connect()) {
            assertThatThrownBy(() -> client.awaitRequest(PATIENCE)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> client.action(COMMITMENT, INSTANCE, 1, transaction()))
                    .isInstanceOf(AssociationAborted.class);
        }
        peer.join();
    }
}
