package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.dimse.StoreScp;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** C-STOREs of ours that are sent before the answers to earlier ones came (PS3.7 section D.3.3.3). */
class StorePipelineTest {
    private static final String CT = Uid.CT_IMAGE_STORAGE;
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final List<PresentationContext> CONTEXTS =
            List.of(PresentationContext.of(CT, IMPLICIT), PresentationContext.of(Uid.VERIFICATION, IMPLICIT));

    private final RecordingListener listener = new RecordingListener();
    private DicomServer server;

    private DicomClient connect(StoreScp scp, int serves, int asks) throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults().withMaxOperationsInvoked(serves),
                AssociationPolicy.acceptAll(),
                scp,
                listener);
        return DicomClient.connect(
                ClientSettings.of("127.0.0.1", server.port(), "MODALITY", "PRELIM")
                        .withMaxOperationsInvoked(asks),
                CONTEXTS);
    }

    private static PendingStore begin(DicomClient client, int number) throws IOException {
        return client.begin(CT, "1.2." + number, IMPLICIT, new ByteArrayInputStream(new byte[1000 + number]));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersInAnotherOrderFindTheirRequests() throws IOException {
        LaterStore store = new LaterStore();
        try (DicomClient client = connect(store, 4, 4)) {
            List<PendingStore> stores = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                stores.add(begin(client, i));
            }
            await().until(() -> store.answers.size() == 4);
            for (int id = 4; id >= 1; id--) {
                store.answer(id, StoreResponse.of(0xB000 + id, "coerced " + id));
            }

            for (int i = 1; i <= 4; i++) {
                assertThat(stores.get(i - 1).await()).isEqualTo(StoreResponse.of(0xB000 + i, "coerced " + i));
                // the first to be asked for came last: all others were read before it
                assertThat(stores).allMatch(PendingStore::answered);
            }
        }
    }

    @Test
    void noMoreAreOutstandingThanAgreed() throws IOException {
        LaterStore store = new LaterStore();
        CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> {
            for (int id = 1; id <= 20; id++) {
                int next = id;
                await().until(() -> store.answers.containsKey(next));
                store.answer(id, StoreResponse.SUCCESS);
            }
        });
        try (DicomClient client = connect(store, 3, 8)) {
            List<PendingStore> stores = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                stores.add(begin(client, i));
                assertThat(stores.stream()
                                .filter(pending -> !pending.answered())
                                .count())
                        .isLessThanOrEqualTo(3);
            }
        }
        answers.join();
        assertThat(store.mostOutstanding.get()).isLessThanOrEqualTo(3);
        await().untilAsserted(() -> assertThat(listener.released).hasSize(1));
        assertThat(listener.received).hasSize(20);
    }

    @Test
    void withoutAWindowOneFollowsTheOther() throws IOException {
        MemoryStore store = new MemoryStore();
        try (DicomClient client = connect(store, 1, 8)) {
            PendingStore first = begin(client, 1);
            assertThat(first.answered()).isFalse();
            PendingStore second = begin(client, 2);
            assertThat(first.answered()).isTrue();
            assertThat(second.await()).isEqualTo(StoreResponse.SUCCESS);
        }
    }

    @Test
    void anEchoWaitsForWhatIsOutstanding() throws IOException {
        MemoryStore store = new MemoryStore();
        try (DicomClient client = connect(store, 8, 8)) {
            PendingStore first = begin(client, 1);
            PendingStore second = begin(client, 2);

            assertThat(client.echo()).isZero();

            assertThat(first.answered()).isTrue();
            assertThat(second.answered()).isTrue();
        }
    }

    @Test
    void theWindowIsProposedAndAnAnswerToNoRequestIsAborted() throws IOException {
        try (ScriptedPeer.Listener acceptor = ScriptedPeer.listen()) {
            CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> {
                try (ScriptedPeer p = acceptor.accept()) {
                    assertThat(HexFormat.of().formatHex(p.receiveUnit())).contains("53000004" + "0008" + "0001");
                    p.send(Units.associateAc("PEER", "PRELIM", 0, IMPLICIT, IMPLICIT));
                    p.receiveUnit();
                    p.receiveUnit();
                    byte[] response = Units.storeRq(99, CT, "1.2");
                    p.send(Units.data(1, true, true, response)).expect("07 00 00000004 0000 02 06");
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            ClientSettings settings = ClientSettings.of("127.0.0.1", acceptor.port(), "PRELIM", "PEER")
                    .withMaxOperationsInvoked(8);

            DicomClient client = DicomClient.connect(settings, CONTEXTS);
            PendingStore store = begin(client, 1);
            assertThatThrownBy(store::await).isInstanceOf(AssociationAborted.class);
            assertThatThrownBy(store::await).isInstanceOf(AssociationAborted.class);
            client.close();
            peer.join();
        }
    }

    @Test
    void aClientMayRestLongerThanAnAnswerMayTake() throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults(), AssociationPolicy.acceptAll(), new MemoryStore(), listener);
        Duration patience = Duration.ofMillis(200);
        ClientSettings settings = ClientSettings.of("127.0.0.1", server.port(), "MODALITY", "PRELIM")
                .withTimeouts(patience, patience);
        try (DicomClient client = DicomClient.connect(settings, CONTEXTS)) {
            client.echo();

            await().pollDelay(patience.multipliedBy(3)).until(() -> listener.received.size() == 1);

            assertThat(client.echo()).isZero();
        }
    }
}
