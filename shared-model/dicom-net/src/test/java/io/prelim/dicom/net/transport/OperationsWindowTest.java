package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several operations without their answers on one association (PS3.7 section D.3.3.3), the peer following a script. */
class OperationsWindowTest {
    private static final String CT = Uid.CT_IMAGE_STORAGE;
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final byte[] CONTEXT = Units.context(1, CT, IMPLICIT);
    private static final byte[] OTHER_CONTEXT = Units.context(3, CT, IMPLICIT);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final LaterStore store = new LaterStore();
    private final RecordingListener listener = new RecordingListener();
    private DicomServer server;
    private ScriptedPeer peer;

    private byte[] associate(ServerSettings settings, int invoked) throws IOException {
        server = DicomServer.start(settings, AssociationPolicy.acceptAll(), store, listener);
        peer = ScriptedPeer.connect(server.port());
        peer.send(Units.associateRqOfWindow("PRELIM", "MODALITY", 0, invoked, 1, CONTEXT, OTHER_CONTEXT));
        byte[] accept = peer.receiveUnit();
        assertThat(accept[0]).isEqualTo((byte) 2);
        return accept;
    }

    private void sendObject(int messageId) throws IOException {
        sendObject(1, messageId);
    }

    private void sendObject(int contextId, int messageId) throws IOException {
        peer.send(Units.data(contextId, true, true, Units.storeRq(messageId, CT, "1.2." + messageId)));
        peer.send(Units.data(contextId, false, true, new byte[100]));
    }

    private void arrived(Integer... messageIds) {
        await().untilAsserted(() -> assertThat(store.answers.keySet()).containsExactlyInAnyOrder(messageIds));
    }

    private void expectAnswer(int messageId, int status) throws IOException {
        byte[] unit = peer.receiveUnit();
        assertThat(Units.respondedTo(unit)).isEqualTo(messageId);
        assertThat(Units.status(unit)).isEqualTo(status);
    }

    @AfterEach
    void nothingStaysBehind() throws IOException {
        peer.close();
        server.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("dicom-association") || name.startsWith("dicom-answer")));
    }

    @Test
    void theWindowIsNegotiatedDown() throws IOException {
        byte[] accept = associate(ServerSettings.defaults().withMaxOperationsInvoked(5), 9);

        assertThat(HexFormat.of().formatHex(accept)).contains("53000004" + "0005" + "0001");
    }

    @Test
    void anyNumberIsNegotiatedDownToOurs() throws IOException {
        byte[] accept = associate(ServerSettings.defaults().withMaxOperationsInvoked(5), 0);

        assertThat(HexFormat.of().formatHex(accept)).contains("53000004" + "0005" + "0001");
    }

    @Test
    void aSmallerWindowIsAgreedTo() throws IOException {
        byte[] accept = associate(ServerSettings.defaults().withMaxOperationsInvoked(5), 3);

        assertThat(HexFormat.of().formatHex(accept)).contains("53000004" + "0003" + "0001");
    }

    @Test
    void aPeerThatDoesNotAskHasNoWindow() throws IOException {
        byte[] accept = associate(ServerSettings.defaults(), 1);

        assertThat(HexFormat.of().formatHex(accept)).doesNotContain("53000004");
    }

    @Test
    void answersComeInAnyOrder() throws IOException {
        associate(ServerSettings.defaults(), 3);
        for (int id = 1; id <= 3; id++) {
            sendObject(id);
        }
        arrived(1, 2, 3);

        store.answer(2, StoreResponse.SUCCESS);
        expectAnswer(2, 0);
        store.answer(3, StoreResponse.of(0xA700, "full"));
        expectAnswer(3, 0xA700);
        store.answer(1, StoreResponse.SUCCESS);
        expectAnswer(1, 0);

        await().untilAsserted(() -> assertThat(listener.received)
                .containsExactly("C-STORE 0000 100", "C-STORE A700 100", "C-STORE 0000 100"));
    }

    @Test
    void aPeerBeyondItsWindowIsHeldBack() throws IOException {
        associate(ServerSettings.defaults(), 2);
        for (int id = 1; id <= 6; id++) {
            sendObject(id);
        }

        for (int id = 1; id <= 6; id++) {
            int oldest = id;
            await().until(() -> store.answers.containsKey(oldest));
            store.answer(id, StoreResponse.SUCCESS);
            expectAnswer(id, 0);
        }

        assertThat(store.mostOutstanding).hasValue(2);
    }

    @Test
    void withoutAWindowOneFollowsTheOther() throws IOException {
        associate(ServerSettings.defaults(), 1);
        for (int id = 1; id <= 3; id++) {
            sendObject(id);
        }

        for (int id = 1; id <= 3; id++) {
            arrived(id);
            store.answer(id, StoreResponse.SUCCESS);
            expectAnswer(id, 0);
        }

        assertThat(store.mostOutstanding).hasValue(1);
    }

    @Test
    void anEchoOvertakesAnObjectWithoutAnswer() throws IOException {
        server = DicomServer.start(ServerSettings.defaults(), AssociationPolicy.acceptAll(), store, listener);
        peer = ScriptedPeer.connect(server.port());
        peer.send(Units.associateRqOfWindow(
                "PRELIM", "MODALITY", 0, 2, 1, CONTEXT, Units.context(3, Uid.VERIFICATION, IMPLICIT)));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);
        sendObject(1);

        peer.send(Units.data(3, true, true, Units.echoRq(2)));

        expectAnswer(2, 0);
        store.answer(1, StoreResponse.SUCCESS);
        expectAnswer(1, 0);
    }

    @Test
    void releaseWaitsForWhatIsOutstanding() throws IOException {
        associate(ServerSettings.defaults(), 2);
        sendObject(1);
        sendObject(2);
        arrived(1, 2);

        peer.send(Units.RELEASE_RQ);
        store.answer(2, StoreResponse.SUCCESS);
        expectAnswer(2, 0);
        store.answer(1, StoreResponse.SUCCESS);
        expectAnswer(1, 0);

        peer.expect(Units.RELEASE_RP);
        await().untilAsserted(() -> assertThat(listener.released).hasSize(1));
        assertThat(listener.received).hasSize(2);
        assertThat(listener.aborted).isEmpty();
    }

    @Test
    void anAbortLeavesAnswersWithoutAPeer() throws IOException {
        associate(ServerSettings.defaults(), 2);
        sendObject(1);
        arrived(1);

        peer.send("07 00 00000004 0000 00 00");

        await().untilAsserted(() -> assertThat(listener.aborted)
                .extracting(AbortCause::kind)
                .containsExactly(AbortCause.Kind.PEER_ABORTED));
        await().until(() -> server.associations() == 0);
        store.answer(1, StoreResponse.SUCCESS);
        assertThat(listener.received).isEmpty();
    }

    @Test
    void aLostConnectionLeavesAnswersWithoutAPeer() throws IOException {
        associate(ServerSettings.defaults(), 2);
        sendObject(1);
        arrived(1);

        peer.close();

        await().untilAsserted(() -> assertThat(listener.aborted)
                .extracting(AbortCause::kind)
                .containsExactly(AbortCause.Kind.CONNECTION_LOST));
        store.answer(1, StoreResponse.SUCCESS);
        assertThat(listener.received).isEmpty();
    }

    @Test
    void aFailureThatComesLaterIsAnswered() throws IOException {
        associate(ServerSettings.defaults(), 2);
        sendObject(1);
        sendObject(2);
        arrived(1, 2);

        store.fail(1, new IOException("disk gone"));
        expectAnswer(1, 0xC00F);
        store.answer(2, null);
        expectAnswer(2, 0xC00F);
    }

    @Test
    void anAnswerThatNeverComesEndsTheAssociation() throws IOException {
        associate(ServerSettings.defaults().withTimeouts(LONG, LONG, SHORT), 2);
        sendObject(1);

        peer.expect("07 00 00000004 0000 00 00").expectClose();

        await().untilAsserted(() ->
                assertThat(listener.aborted).extracting(AbortCause::kind).containsExactly(AbortCause.Kind.TIMED_OUT));
    }

    @Test
    void anAnswerThatNeverComesEndsAnAssociationInRelease() throws IOException {
        associate(ServerSettings.defaults().withTimeouts(LONG, LONG, SHORT), 1);
        sendObject(1);

        peer.send(Units.RELEASE_RQ).expect("07 00 00000004 0000 00 00").expectClose();
    }

    @Test
    void waitingForItsAnswerAPeerIsNotIdle() throws IOException {
        associate(ServerSettings.defaults().withTimeouts(LONG, SHORT, LONG), 2);
        sendObject(1);
        arrived(1);

        CompletableFuture.delayedExecutor(3 * SHORT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> store.answer(1, StoreResponse.SUCCESS));

        expectAnswer(1, 0);
        // and from here on it is
        peer.expect("07 00 00000004 0000 00 00");
    }

    @Test
    void closingWaitsForWhatIsOutstanding() throws Exception {
        associate(ServerSettings.defaults().withCloseGrace(LONG), 2);
        sendObject(1);
        sendObject(2);
        arrived(1, 2);
        ExecutorService thread = Executors.newSingleThreadExecutor();

        var closed = thread.submit(server::close);
        await().until(() -> server.closing());
        store.answer(1, StoreResponse.SUCCESS);
        expectAnswer(1, 0);
        store.answer(2, StoreResponse.SUCCESS);
        expectAnswer(2, 0);

        peer.expect("07 00 00000004 0000 00 00");
        closed.get(10, TimeUnit.SECONDS);
        assertThat(listener.aborted).extracting(AbortCause::kind).containsExactly(AbortCause.Kind.SHUT_DOWN);
        thread.shutdown();
    }

    @Test
    void closingDoesNotWaitLongerThanItsGrace() throws IOException {
        associate(ServerSettings.defaults().withCloseGrace(SHORT), 2);
        sendObject(1);
        arrived(1);

        server.close();

        peer.expect("07 00 00000004 0000 00 00");
        store.answer(1, StoreResponse.SUCCESS);
        assertThat(listener.received).isEmpty();
    }

    /** A peer that takes 16 bytes a unit has every answer in many; those of one answer follow each other. */
    @Test
    void answersOfManyThreadsDoNotMix() throws Exception {
        server = DicomServer.start(ServerSettings.defaults(), AssociationPolicy.acceptAll(), store, listener);
        peer = ScriptedPeer.connect(server.port());
        peer.send(Units.associateRqOfWindow("PRELIM", "MODALITY", 16, 16, 1, CONTEXT, OTHER_CONTEXT));
        peer.receiveUnit();
        for (int id = 1; id <= 16; id++) {
            sendObject(id % 2 == 0 ? 1 : 3, id);
        }
        await().until(() -> store.answers.size() == 16);
        ExecutorService threads = Executors.newFixedThreadPool(8);

        IntStream.rangeClosed(1, 16).forEach(id -> threads.submit(() -> store.answer(id, StoreResponse.SUCCESS)));

        List<Integer> answered = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ByteArrayOutputStream command = new ByteArrayOutputStream();
            byte[] unit = peer.receiveUnit();
            int context = unit[10];
            while ((unit[11] & 2) == 0) {
                command.write(unit, 12, unit.length - 12);
                unit = peer.receiveUnit();
                assertThat(unit.length).isLessThanOrEqualTo(6 + 16);
                assertThat(unit[10]).isEqualTo((byte) context);
            }
            command.write(unit, 12, unit.length - 12);
            Command response = Command.decode(command.toByteArray(), command.size());
            assertThat(response.messageIdBeingRespondedTo() % 2 == 0 ? 1 : 3).isEqualTo(context);
            answered.add(response.messageIdBeingRespondedTo());
        }
        assertThat(answered)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(IntStream.rangeClosed(1, 16).toArray())
                                .boxed()
                                .toList());
        threads.shutdown();
    }
}
