package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.dimse.FindRequest;
import io.prelim.dicom.net.dimse.FindResponse;
import io.prelim.dicom.net.dimse.InformationModel;
import io.prelim.dicom.net.dimse.MoveRequest;
import io.prelim.dicom.net.dimse.MoveResponse;
import io.prelim.dicom.net.dimse.SubOperations;
import io.prelim.dicom.object.DataSet;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** C-FIND and C-MOVE against acceptors that follow a script. */
class QueryRetrieveTest extends ScriptedAcceptor {
    private static final int FIND_RSP = 0x8020;
    private static final int MOVE_RSP = 0x8021;
    private static final FindRequest FIND = new FindRequest(
            InformationModel.STUDY_ROOT, new DataSet().putString(Tag.QUERY_RETRIEVE_LEVEL, "STUDY"), 100);
    private static final MoveRequest MOVE = new MoveRequest(
            InformationModel.STUDY_ROOT, new DataSet().putString(Tag.QUERY_RETRIEVE_LEVEL, "STUDY"), "PRELIM");

    /** C-CANCEL of message 1 in context 1. */
    private static final String CANCEL_OF_FIRST = String.join(
            "",
            "04" + "00" + "00000030", // P-DATA-TF of 48 bytes, PS3.8 table 9-22
            "0000002c" + "01" + "03", // a value of 44 bytes in context 1: command, last
            "00000000" + "04000000" + "1e000000", // (0000,0000) group length, 30; PS3.7 table 9.3-9
            "00000001" + "02000000" + "ff0f", // (0000,0100) C-CANCEL-RQ
            "00002001" + "02000000" + "0100", // (0000,0120) message id being responded to, 1
            "00000008" + "02000000" + "0101"); // (0000,0800) no data set

    /** A peer that associates, reads the request with its keys, and then follows the script. */
    private CompletableFuture<Void> asked(Script script) {
        return peer(p -> {
            p.send(accept(0, 2));
            p.receiveUnit();
            byte[] keys = p.receiveUnit();
            // (0008,0052) "STUDY "
            assertThat(HexFormat.of().formatHex(keys)).endsWith("0800520006000000535455445920");
            script.follow(p);
        });
    }

    private DicomClient connect() throws IOException {
        return associate(
                settings().withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(1500)),
                InformationModel.STUDY_ROOT.find(),
                InformationModel.STUDY_ROOT.move());
    }

    private static void pending(ScriptedPeer peer, int status, int number) throws IOException {
        peer.send(Units.data(1, true, true, Units.response(FIND_RSP, 1, status, true)));
        // (0020,0010) study id of one digit
        peer.send(Units.data(1, false, true, HexFormat.of().parseHex("2000100002000000" + "3" + number + "20")));
    }

    private static void last(ScriptedPeer peer, int status) throws IOException {
        peer.send(Units.data(1, true, true, Units.response(FIND_RSP, 1, status, false)));
    }

    private static void released(ScriptedPeer peer) throws IOException {
        peer.expect(Units.RELEASE_RQ).send(Units.RELEASE_RP);
        peer.expectClose();
    }

    @Test
    void matchesAreHandedOnAsTheyCome() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            pending(p, 0xFF00, 1);
            pending(p, 0xFF01, 2);
            last(p, 0);
            released(p);
        });
        List<String> studies = new ArrayList<>();

        try (DicomClient client = connect()) {
            FindResponse response = client.find(FIND, match -> studies.add(match.string(Tag.STUDY_ID)));

            assertThat(response).isEqualTo(new FindResponse(0, null, 2, false, true));
            assertThat(response.complete()).isTrue();
        }
        assertThat(studies).containsExactly("1", "2");
        peer.join();
    }

    @Test
    void aConsumerThatHasEnoughCancels() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            pending(p, 0xFF00, 1);
            p.expect(CANCEL_OF_FIRST);
            pending(p, 0xFF00, 2);
            last(p, 0xFE00);
            released(p);
        });
        List<String> studies = new ArrayList<>();

        try (DicomClient client = connect()) {
            FindResponse response = client.find(FIND, match -> {
                studies.add(match.string(Tag.STUDY_ID));
                return false;
            });

            assertThat(response).isEqualTo(new FindResponse(0xFE00, null, 1, true, false));
            assertThat(response.complete()).isFalse();
        }
        assertThat(studies).containsExactly("1");
        peer.join();
    }

    @Test
    void theLimitOfMatchesCancels() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            pending(p, 0xFF00, 1);
            pending(p, 0xFF00, 2);
            p.expect(CANCEL_OF_FIRST);
            // the peer was done already
            last(p, 0);
            released(p);
        });

        try (DicomClient client = connect()) {
            FindResponse response = client.find(new FindRequest(FIND.model(), FIND.keys(), 2), match -> true);

            assertThat(response).isEqualTo(new FindResponse(0, null, 2, true, false));
        }
        peer.join();
    }

    @Test
    void aFailureIsToldAndTheAssociationGoesOn() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            last(p, 0xA900);
            released(p);
        });

        try (DicomClient client = connect()) {
            assertThat(client.find(FIND, match -> true)).isEqualTo(new FindResponse(0xA900, null, 0, false, false));
        }
        peer.join();
    }

    @Test
    void aMalformedIdentifierEndsTheAssociation() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            p.send(Units.data(1, true, true, Units.response(FIND_RSP, 1, 0xFF00, true)));
            p.send(Units.data(1, false, true, HexFormat.of().parseHex("20001000ffffff7f3132")));
            p.expect("07 00 00000004 0000 02 06");
        });

        try (DicomClient client = connect()) {
            assertThatThrownBy(() -> client.find(FIND, match -> true))
                    .isInstanceOfSatisfying(
                            AssociationAborted.class,
                            e -> assertThat(e.abortCause().kind()).isEqualTo(AbortCause.Kind.PROTOCOL_ERROR));
        }
        peer.join();
    }

    @Test
    void anAnswerThatDoesNotComeEndsTheAssociation() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            pending(p, 0xFF00, 1);
            p.expect("07 00 00000004 0000 00 00");
        });

        try (DicomClient client = connect()) {
            assertThatThrownBy(() -> client.find(FIND, match -> true))
                    .isInstanceOfSatisfying(
                            AssociationAborted.class,
                            e -> assertThat(e.abortCause().kind()).isEqualTo(AbortCause.Kind.TIMED_OUT));
        }
        peer.join();
    }

    @Test
    void aPeerThatDoesNotStopIsAborted() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            pending(p, 0xFF00, 1);
            p.expect(CANCEL_OF_FIRST);
            try {
                while (true) {
                    pending(p, 0xFF00, 2);
                }
            } catch (IOException e) {
                // we were hung up on
            }
        });

        try (DicomClient client = connect()) {
            assertThatThrownBy(() -> client.find(FIND, match -> false))
                    .isInstanceOfSatisfying(AssociationAborted.class, e -> {
                        assertThat(e.abortCause().kind()).isEqualTo(AbortCause.Kind.TIMED_OUT);
                        assertThat(e.abortCause().detail()).isEqualTo("answers go on after C-CANCEL");
                    });
        }
        peer.join();
    }

    @Test
    void aConsumerThatFailsAborts() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            pending(p, 0xFF00, 1);
            p.expect("07 00 00000004 0000 00 00");
        });

        try (DicomClient client = connect()) {
            assertThatThrownBy(() -> client.find(FIND, match -> {
                        throw new IllegalArgumentException("not what I want");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        peer.join();
    }

    @Test
    void anAnswerInAnotherContextIsAborted() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            p.send(Units.data(3, true, true, Units.response(FIND_RSP, 1, 0, false)));
            p.expect("07 00 00000004 0000 02 06");
        });

        try (DicomClient client = connect()) {
            assertThatThrownBy(() -> client.find(FIND, match -> true)).isInstanceOf(AssociationAborted.class);
        }
        peer.join();
    }

    @Test
    void aRetrievalTellsItsProgressAndWhatFailed() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            p.send(Units.data(
                    3,
                    true,
                    true,
                    Units.response(MOVE_RSP, 1, 0xFF00, false, 0x1020, 2, 0x1021, 1, 0x1022, 0, 0x1023, 0)));
            p.send(Units.data(
                    3, true, true, Units.response(MOVE_RSP, 1, 0xB000, true, 0x1021, 1, 0x1022, 2, 0x1023, 0)));
            // (0008,0058) "1.2\1.3 "
            p.send(Units.data(3, false, true, HexFormat.of().parseHex("0800580008000000" + "312e325c312e3300")));
            released(p);
        });
        List<SubOperations> progress = new ArrayList<>();

        try (DicomClient client = connect()) {
            MoveResponse response = client.move(MOVE, progress::add);

            assertThat(response)
                    .isEqualTo(new MoveResponse(
                            0xB000, null, new SubOperations(-1, 1, 2, 0), List.of("1.2", "1.3"), false));
        }
        assertThat(progress).containsExactly(new SubOperations(2, 1, 0, 0));
        peer.join();
    }

    @Test
    void aRetrievalIsCancelled() throws IOException {
        CompletableFuture<Void> peer = asked(p -> {
            p.send(Units.data(3, true, true, Units.response(MOVE_RSP, 1, 0xFF00, false, 0x1020, 2)));
            p.expect(CANCEL_OF_FIRST.replace("0000002c01", "0000002c03"));
            p.send(Units.data(3, true, true, Units.response(MOVE_RSP, 1, 0xFE00, false, 0x1020, 1)));
            released(p);
        });

        try (DicomClient client = connect()) {
            MoveResponse response = client.move(MOVE, counts -> false);

            assertThat(response.status()).isEqualTo(0xFE00);
            assertThat(response.cancelled()).isTrue();
            assertThat(response.counts().remaining()).isEqualTo(1);
        }
        peer.join();
    }

    @Test
    void whatCannotBeAskedIsRefusedBeforeItIsSent() {
        DataSet noLevel = new DataSet();

        assertThatThrownBy(() -> new FindRequest(InformationModel.PATIENT_ROOT, noLevel, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FindRequest(InformationModel.PATIENT_ROOT, FIND.keys(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MoveRequest(InformationModel.PATIENT_ROOT, FIND.keys(), " "))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
