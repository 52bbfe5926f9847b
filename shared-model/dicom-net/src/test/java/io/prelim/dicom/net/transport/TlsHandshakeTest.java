package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.transport.ServerTls.ClientCertificates;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handshake and nothing else: what the profile of PS3.15 section B.12 leaves out, and whatever else comes to its port. */
class TlsHandshakeTest extends TlsServer {
    private static final byte[] RELEASE_RQ = HexFormat.of().parseHex(Units.RELEASE_RQ.replace(" ", ""));

    @Test
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "closed")
    void plainTextToTheTlsPort() throws IOException {
        start(ClientCertificates.NONE);
        try (ScriptedPeer peer = ScriptedPeer.connect(server.port())) {
            peer.send(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(1, CT, IMPLICIT)));

            peer.expectCloseAfter(alert -> alert.length == 0 || alert[0] == 0x15);
            refused(AbortCause.Kind.TLS_REFUSED);
        }
    }

    @Test
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "AB(0,0)")
    void tlsToThePlainPort() throws IOException {
        server = DicomServer.start(ServerSettings.defaults(), AssociationPolicy.acceptAll(), store, listener);

        assertThatThrownBy(() -> connect(null, ours)).isInstanceOf(SSLException.class);

        refused(AbortCause.Kind.PROTOCOL_ERROR);
        try (ScriptedPeer peer = ScriptedPeer.connect(server.port())) {
            peer.send(clientHello("0303")).expect("07 00 00000004 0000 00 00");
        }
    }

    /** A ClientHello (RFC 5246 section 7.4.1.2, RFC 4346) that offers nothing newer than the version given. */
    private static String clientHello(String version) {
        return "16" + "0301" + "002d" // handshake record of 45 bytes
                + "01" + "000029" // client hello of 41 bytes
                + version
                + "00".repeat(32) // random
                + "00" // no session
                + "0002" + "002f" // TLS_RSA_WITH_AES_128_CBC_SHA
                + "01" + "00"; // no compression
    }

    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302"})
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "TLS alert, closed")
    void olderVersionsAreRefused(String version) throws IOException {
        start(ClientCertificates.NONE);
        try (ScriptedPeer peer = ScriptedPeer.connect(server.port())) {
            peer.send(clientHello(version));

            // a fatal alert (RFC 5246 section 7.2): protocol_version
            peer.expectCloseAfter(alert -> alert.length == 7 && alert[0] == 0x15 && alert[5] == 2 && alert[6] == 70);
            refused(AbortCause.Kind.TLS_REFUSED);
        }
    }

    @Test
    void suitesOutsideTheProfileAreRefused() throws Exception {
        start(ClientCertificates.NONE);
        try (SSLSocket socket = (SSLSocket)
                context(null, ours).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
        refused(AbortCause.Kind.TLS_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsOfTheProfileAreSpoken(String version) throws Exception {
        start(ClientCertificates.NONE);
        try (SSLSocket socket = (SSLSocket)
                context(null, ours).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(TlsProfile.CIPHER_SUITES).contains(socket.getSession().getCipherSuite());

            socket.getOutputStream().write(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(1, CT, IMPLICIT)));
            assertThat(socket.getInputStream().read()).isEqualTo(2);
        }
    }

    /** A client that wants another handshake, offering the version it has or, which no connection may change to, TLS 1.3. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3,TLSv1.2"})
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "TLS alert, closed")
    void renegotiationIsRefused(String versions) throws Exception {
        start(ClientCertificates.NONE);
        try (SSLSocket socket = associated("TLSv1.2")) {
            socket.setEnabledProtocols(versions.split(","));

            // sends the ClientHello; what comes of it is for who reads
            socket.startHandshake();
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write(RELEASE_RQ);
                        socket.getInputStream().read();
                    })
                    .isInstanceOf(SSLException.class);
        }
        await().untilAsserted(() ->
                assertThat(listener.aborted).extracting(AbortCause::kind).containsExactly(AbortCause.Kind.TLS_REFUSED));
        await().until(() -> server.connections() == 0);
    }

    /** What a second handshake means in TLS 1.3, new keys (RFC 8446 section 4.6.3), is no harm. */
    @Test
    void newKeysAreTaken() throws Exception {
        start(ClientCertificates.NONE);
        try (SSLSocket socket = associated("TLSv1.3")) {
            socket.startHandshake();

            socket.getOutputStream().write(RELEASE_RQ);
            assertThat(socket.getInputStream().readNBytes(10)).startsWith(6);
        }
        await().untilAsserted(() -> assertThat(listener.released).hasSize(1));
    }

    /** A client with an association, over the version given. */
    private SSLSocket associated(String version) throws Exception {
        SSLSocket socket = (SSLSocket)
                context(null, ours).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        socket.getOutputStream().write(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(1, CT, IMPLICIT)));
        byte[] header = socket.getInputStream().readNBytes(6);
        assertThat(header).startsWith(2);
        socket.getInputStream().readNBytes(ByteBuffer.wrap(header).getInt(2));
        return socket;
    }

    /** HelloRequest (RFC 5246 section 7.4.1.1) from a server that our requestor has reached. */
    @Test
    void ourRequestorRefusesItToo() throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket) context(ours, modality)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setEnabledProtocols(new String[] {"TLSv1.2"});
            CompletableFuture<Throwable> peer = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    assertThat(socket.getInputStream().read()).isEqualTo(1);
                    socket.startHandshake();
                    return catchThrowable(() -> socket.getInputStream().readAllBytes());
                } catch (IOException e) {
                    return e;
                }
            });
            ClientSettings settings = ClientSettings.of("localhost", listening.getLocalPort(), "MODALITY", "PRELIM")
                    .withTls(new ClientTls(context(null, ours), true));

            assertThatThrownBy(() -> DicomClient.connect(settings, CONTEXTS))
                    .isInstanceOfSatisfying(
                            AssociationAborted.class,
                            e -> assertThat(e.abortCause().kind()).isEqualTo(AbortCause.Kind.TLS_REFUSED));
            assertThat(peer.join()).isInstanceOf(SSLException.class);
        }
    }
}
