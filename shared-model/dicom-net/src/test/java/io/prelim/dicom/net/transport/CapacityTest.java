package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Accept;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.Limits;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** M06: too many, of one peer and of all; the known are served whatever strangers do. */
class CapacityTest {
    private static final String ACCEPTED = "02";
    private static final String ONE_TOO_MANY = "03 00 00000004 00 02 03 02";
    private static final byte[] CONTEXT = Units.context(1, Uid.VERIFICATION, Uid.IMPLICIT_VR_LITTLE_ENDIAN);

    private final RecordingListener listener = new RecordingListener();
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private DicomServer server;

    private void start(Limits limits) throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults().withLimits(limits),
                request -> switch (request.callingAeTitle()) {
                    case "KNOWN" -> AssociationDecision.ACCEPT_KNOWN;
                    case "ONCE" -> new Accept(false, 1);
                    default -> AssociationDecision.ACCEPT;
                },
                new MemoryStore(),
                listener);
    }

    private ScriptedPeer connect() throws IOException {
        ScriptedPeer peer = ScriptedPeer.connect(server.port());
        peers.add(peer);
        return peer;
    }

    private ScriptedPeer ask(String calling) throws IOException {
        return connect().send(Units.associateRq("PRELIM", calling, 0, CONTEXT));
    }

    @AfterEach
    void close() throws IOException {
        for (ScriptedPeer peer : peers) {
            peer.close();
        }
        server.close();
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "RJ(2,3,2)")
    void oneAssociationTooMany() throws IOException {
        start(Limits.DEFAULT.withMaxAssociations(1));

        ask("A").expect(ACCEPTED);
        ask("B").expect(ONE_TOO_MANY);
        await().untilAsserted(() -> assertThat(listener.rejected).containsExactly(Reject.LOCAL_LIMIT_EXCEEDED));
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "RJ(2,3,2)")
    void strangersThatFillTheServerLeaveRoomForTheKnown() throws IOException {
        start(Limits.DEFAULT.withMaxAssociations(3).withReservedAssociations(2));

        ask("STRANGER").expect(ACCEPTED);
        ask("STRANGER").expect(ONE_TOO_MANY);
        ask("KNOWN").expect(ACCEPTED);
        ask("KNOWN").expect(ACCEPTED);
        ask("KNOWN").expect(ONE_TOO_MANY);
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "RJ(2,3,2)")
    void onePeerHasNoMoreThanItsShare() throws IOException {
        start(Limits.DEFAULT.withMaxPerPeer(2));

        ask("A").expect(ACCEPTED);
        ask("A").expect(ACCEPTED);
        ask("A").expect(ONE_TOO_MANY);
        ask("B").expect(ACCEPTED);
        ask("ONCE").expect(ACCEPTED);
        ask("ONCE").expect(ONE_TOO_MANY);
    }

    @Test
    void whoWasReleasedFindsRoomAtOnce() throws IOException {
        start(Limits.DEFAULT.withMaxAssociations(1));
        for (int i = 0; i < 50; i++) {
            try (ScriptedPeer peer = ask("A")) {
                assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);
                peer.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
            }
        }
        assertThat(listener.rejected).isEmpty();
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "closed")
    void connectionsOfOneAddressThatDoNotAsk() throws IOException {
        start(Limits.DEFAULT.withMaxWaitingPerAddress(3));
        for (int i = 0; i < 3; i++) {
            connect();
        }

        connect().expectClose();

        await().untilAsserted(() -> assertThat(listener.turnedAway).hasValue(1));
        assertThat(listener.rejected).isEmpty();
        peers.get(0).send(Units.associateRq("PRELIM", "A", 0, CONTEXT)).expect(ACCEPTED);
        ask("A").expect(ACCEPTED);
    }
}
