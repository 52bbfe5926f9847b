package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Our requestor's peer: an acceptor that follows a script. */
abstract class ScriptedAcceptor {
    static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;

    private ScriptedPeer.Listener acceptor;

    /** What the peer does once it was asked for an association. */
    interface Script {
        void follow(ScriptedPeer peer) throws IOException;
    }

    @BeforeEach
    final void listen() throws IOException {
        acceptor = ScriptedPeer.listen();
    }

    @AfterEach
    final void close() throws IOException {
        acceptor.close();
    }

    /** Follows the script; join it, so that what it asserts counts. */
    final CompletableFuture<Void> peer(Script script) {
        return CompletableFuture.runAsync(() -> {
            try (ScriptedPeer peer = acceptor.accept()) {
                assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 1);
                script.follow(peer);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** A-ASSOCIATE-AC of so many contexts, all in implicit VR. */
    static byte[] accept(int maxLength, int contexts) {
        String[] syntaxes = new String[contexts];
        Arrays.fill(syntaxes, IMPLICIT);
        return Units.associateAc("PEER", "PRELIM", maxLength, syntaxes);
    }

    final ClientSettings settings() {
        return ClientSettings.of("127.0.0.1", acceptor.port(), "PRELIM", "PEER");
    }

    /** Asks the peer for an association of classes in implicit VR. */
    static DicomClient associate(ClientSettings settings, String... abstractSyntaxes) throws IOException {
        return DicomClient.connect(
                settings,
                List.of(abstractSyntaxes).stream()
                        .map(uid -> PresentationContext.of(uid, IMPLICIT))
                        .toList());
    }
}
