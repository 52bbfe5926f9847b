package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M06: whoever is slow, idle or too many is shown out, and no thread stays behind. */
class WatchdogTest {
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final String ABORT_0_0 = "07 00 00000004 0000 00 00";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MemoryStore store = new MemoryStore();
    private final RecordingListener listener = new RecordingListener();
    private DicomServer server;

    private ScriptedPeer start(ServerSettings settings) throws IOException {
        server = DicomServer.start(settings, AssociationPolicy.acceptAll(), store, listener);
        return ScriptedPeer.connect(server.port());
    }

    private static void associate(ScriptedPeer peer) throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(1, Uid.CT_IMAGE_STORAGE, IMPLICIT)));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);
    }

    private void timedOut() {
        await().untilAsserted(() ->
                assertThat(listener.aborted).extracting(AbortCause::kind).containsExactly(AbortCause.Kind.TIMED_OUT));
        await().until(() -> server.associations() == 0);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "closed")
    void artimClosesWhoDoesNotAsk() throws IOException {
        try (ScriptedPeer peer = start(ServerSettings.defaults().withTimeouts(SHORT, LONG, LONG))) {
            peer.send("01 00 000000");

            peer.expectClose();
            timedOut();
        }
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "AB(0,0)")
    void anIdleAssociationIsAborted() throws IOException {
        try (ScriptedPeer peer = start(ServerSettings.defaults().withTimeouts(LONG, SHORT, LONG))) {
            associate(peer);

            peer.expect(ABORT_0_0).expectClose();
            timedOut();
        }
    }

    /** Few bytes or many at a time: nobody sends one object for ever. */
    @ParameterizedTest
    @ValueSource(ints = {2, 1000})
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "AB(0,0), nothing kept")
    void aSenderWithoutEndIsAborted(int atATime) throws Exception {
        try (ScriptedPeer peer = start(ServerSettings.defaults().withTimeouts(LONG, LONG, SHORT))) {
            associate(peer);
            peer.send(Units.data(1, true, true, Units.storeRq(1, Uid.CT_IMAGE_STORAGE, "1.2.3")));
            AtomicBoolean over = new AtomicBoolean();
            Thread trickle = new Thread(() -> {
                try {
                    while (!over.get()) {
                        peer.send(Units.data(1, false, false, new byte[atATime]));
                        Thread.onSpinWait();
                    }
                } catch (IOException e) {
                    over.set(true);
                }
            });
            trickle.start();

            timedOut();
            await().untilTrue(over);
            trickle.join();
            assertThat(store.objects).isEmpty();
            assertThat(store.failures).hasSize(1);
        }
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "closed")
    void aPeerThatDoesNotReadIsClosed() throws IOException {
        // it asks and asks, and takes no answer: the write of one blocks
        try (ScriptedPeer peer = start(ServerSettings.defaults().withTimeouts(LONG, LONG, SHORT))) {
            peer.send(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(1, Uid.VERIFICATION, IMPLICIT)));
            byte[] echo = Units.data(1, true, true, Units.echoRq(1));
            AtomicBoolean over = new AtomicBoolean();
            Thread flood = new Thread(() -> {
                try {
                    while (!over.get()) {
                        peer.send(echo);
                    }
                } catch (IOException e) {
                    over.set(true);
                }
            });
            flood.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> listener.aborted.size() == 1);
            await().untilTrue(over);
            await().until(() -> server.associations() == 0);
        }
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "closed")
    void connectionsBeyondEveryThreadAreClosed() throws IOException {
        List<ScriptedPeer> peers = new ArrayList<>();
        peers.add(start(ServerSettings.defaults().withMaxAssociations(1).withTimeouts(LONG, LONG, LONG)));
        for (int i = 0; i < 8; i++) {
            peers.add(ScriptedPeer.connect(server.port()));
        }

        try (ScriptedPeer last = ScriptedPeer.connect(server.port())) {
            last.expectClose();
        }
        for (ScriptedPeer peer : peers) {
            peer.close();
        }
        await().untilAsserted(() -> assertThat(listener.aborted).hasSize(9));
    }

    @Test
    void closingDoesNotWaitForThoseWhoDoNotAsk() throws IOException {
        try (ScriptedPeer peer = start(ServerSettings.defaults().withTimeouts(LONG, LONG, LONG))) {
            await().until(() -> server.connections() == 1);

            server.close();

            peer.expectClose();
            await().untilAsserted(() -> assertThat(listener.aborted)
                    .extracting(AbortCause::kind)
                    .containsExactly(AbortCause.Kind.SHUT_DOWN));
        }
    }

    @Test
    void closingAbortsAnObjectThatOutlastsTheGrace() throws IOException {
        try (ScriptedPeer peer = start(ServerSettings.defaults().withCloseGrace(SHORT))) {
            associate(peer);
            peer.send(Units.data(1, true, true, Units.storeRq(1, Uid.CT_IMAGE_STORAGE, "1.2.3")));
            await().untilAsserted(() -> assertThat(store.requests).hasSize(1));

            server.close();

            peer.expect(ABORT_0_0);
            assertThat(store.failures).hasSize(1);
            assertThat(store.objects).isEmpty();
        }
    }

    @Test
    void ourRequestorDoesNotWaitForAnAnswerForEver() throws IOException {
        try (ScriptedPeer.Listener silent = ScriptedPeer.listen()) {
            ClientSettings settings = ClientSettings.of("127.0.0.1", silent.port(), "PRELIM", "SILENT")
                    .withTimeouts(LONG, SHORT);

            assertThatThrownBy(() ->
                            DicomClient.connect(settings, List.of(PresentationContext.of(Uid.VERIFICATION, IMPLICIT))))
                    .isInstanceOfSatisfying(
                            AssociationAborted.class,
                            e -> assertThat(e.abortCause().kind()).isEqualTo(AbortCause.Kind.TIMED_OUT));
        }
    }
}
