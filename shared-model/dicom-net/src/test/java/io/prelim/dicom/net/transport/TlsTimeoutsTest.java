package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.transport.ServerTls.ClientCertificates;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is slow over TLS: the same limits of time hold, below and above it. */
class TlsTimeoutsTest extends TlsServer {
    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16 0301 0200 01"})
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "closed")
    void whoStallsInTheHandshakeIsClosedByArtim(String begin) throws IOException {
        start(
                ServerSettings.defaults().withTimeouts(SHORT, LONG, LONG),
                ClientCertificates.NONE,
                request -> AssociationDecision.ACCEPT);
        try (ScriptedPeer peer = ScriptedPeer.connect(server.port())) {
            peer.send(begin);

            peer.expectCloseAfter(alert -> alert.length == 0 || alert[0] == 0x15);
            refused(AbortCause.Kind.TIMED_OUT);
        }
    }

    @Test
    void whoStallsKeepsNobodyElseWaiting() throws IOException {
        start(ClientCertificates.NONE);
        try (ScriptedPeer stalled = ScriptedPeer.connect(server.port())) {
            stalled.send("16");

            connect(null, ours).close();
        }
    }

    @Test
    void anIdlePeerHearsTheAbort() throws IOException {
        start(
                ServerSettings.defaults().withTimeouts(LONG, SHORT, LONG),
                ClientCertificates.NONE,
                request -> AssociationDecision.ACCEPT);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                SSLSocket tls = new ClientTls(context(null, ours), false).over(socket, "localhost", server.port())) {
            tls.startHandshake();
            tls.getOutputStream().write(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(1, CT, IMPLICIT)));
            byte[] received = tls.getInputStream().readAllBytes();

            assertThat(received).endsWith(7, 0, 0, 0, 0, 4, 0, 0, 0, 0);
        }
        await().untilAsserted(() ->
                assertThat(listener.aborted).extracting(AbortCause::kind).containsExactly(AbortCause.Kind.TIMED_OUT));
    }

    @Test
    void aPeerThatDoesNotReadIsClosed() throws IOException {
        start(
                ServerSettings.defaults().withTimeouts(LONG, LONG, SHORT),
                ClientCertificates.NONE,
                request -> AssociationDecision.ACCEPT);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(server.address());
            SSLSocket tls = new ClientTls(context(null, ours), false).over(socket, "localhost", server.port());
            tls.startHandshake();
            tls.getOutputStream()
                    .write(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(1, Uid.VERIFICATION, IMPLICIT)));
            byte[] echo = Units.data(1, true, true, Units.echoRq(1));
            assertThatThrownBy(() -> {
                        while (true) {
                            tls.getOutputStream().write(echo);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await().until(() -> server.connections() == 0);
    }
}
