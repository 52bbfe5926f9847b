package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.AssociationRequest;
import io.prelim.dicom.net.association.PeerCertificate;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ServerTls.ClientCertificates;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import io.prelim.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DICOM over TLS (PS3.15 section B.12), and whatever else comes to its port. */
class TlsTest {
    private static final String CT = Uid.CT_IMAGE_STORAGE;
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final List<PresentationContext> CONTEXTS =
            List.of(PresentationContext.of(CT, IMPLICIT), PresentationContext.of(Uid.VERIFICATION, IMPLICIT));
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static TestCertificate ours;
    private static TestCertificate modality;
    private static TestCertificate stranger;
    /** Bears the modality's name, and is not its certificate. */
    private static TestCertificate forged;

    private final MemoryStore store = new MemoryStore();
    private final RecordingListener listener = new RecordingListener();
    private final List<AssociationRequest> requests = new CopyOnWriteArrayList<>();
    private DicomServer server;

    @BeforeAll
    static void certificates() throws IOException {
        ours = TestCertificate.make(folder, "server", "EC");
        modality = TestCertificate.make(folder, "modality", "RSA");
        stranger = TestCertificate.make(folder, "stranger", "EC");
        forged = TestCertificate.make(Files.createDirectory(folder.resolve("forged")), "modality", "RSA");
    }

    private static SSLContext context(TestCertificate own, TestCertificate trusted) throws IOException {
        return new PemFiles(
                        own == null ? null : own.certificate(), own == null ? null : own.key(), trusted.certificate())
                .context();
    }

    private void start(ClientCertificates certificates) throws IOException {
        start(ServerSettings.defaults(), certificates, request -> AssociationDecision.ACCEPT);
    }

    private void start(ServerSettings settings, ClientCertificates certificates, AssociationPolicy policy)
            throws IOException {
        server = DicomServer.start(
                settings.withTls(new ServerTls(context(ours, modality), certificates)),
                request -> {
                    requests.add(request);
                    return policy.decide(request);
                },
                store,
                listener);
    }

    private DicomClient connect(TestCertificate own, TestCertificate trusted) throws IOException {
        return DicomClient.connect(
                ClientSettings.of("localhost", server.port(), "MODALITY", "PRELIM")
                        .withTls(new ClientTls(context(own, trusted), true)),
                CONTEXTS);
    }

    private void refused(AbortCause.Kind... anyOf) {
        await().untilAsserted(() -> assertThat(listener.aborted)
                .singleElement()
                .extracting(AbortCause::kind)
                .isIn((Object[]) anyOf));
        await().until(() -> server.connections() == 0);
        assertThat(requests).isEmpty();
    }

    @AfterEach
    void close() {
        server.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("dicom-association")));
    }

    @ParameterizedTest
    @EnumSource(ClientCertificates.class)
    void objectsComeThroughWhole(ClientCertificates certificates) throws IOException {
        start(certificates);
        byte[] object = new byte[3_000_000];
        new Random(1).nextBytes(object);

        try (DicomClient client = connect(modality, ours)) {
            assertThat(client.echo()).isZero();
            assertThat(client.store(CT, "1.2.3", IMPLICIT, object).status()).isZero();
        }

        assertThat(store.objects.get("1.2.3")).isEqualTo(object);
        await().untilAsserted(() -> assertThat(listener.released).hasSize(1));
        assertThat(listener.aborted).isEmpty();
    }

    @Test
    void thePolicySeesTheCertificate() throws IOException {
        PeerCertificate known = PeerCertificate.of(modality.x509());
        start(
                ServerSettings.defaults(),
                ClientCertificates.WANTED,
                request -> known.equals(request.certificate())
                        ? AssociationDecision.ACCEPT_KNOWN
                        : Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);

        connect(modality, ours).close();
        assertThatThrownBy(() -> connect(null, ours)).isInstanceOf(AssociationRejected.class);

        assertThat(requests).extracting(AssociationRequest::certificate).containsExactly(known, null);
        assertThat(known.subject()).isEqualTo("CN=modality,O=Prelim test");
        assertThat(known.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void noCertificateIsAskedForWhereNoneIsWanted() throws IOException {
        start(ClientCertificates.NONE);

        connect(modality, ours).close();

        assertThat(requests).extracting(AssociationRequest::certificate).containsExactly((PeerCertificate) null);
    }

    @Test
    @BadInput(id = "M05", entrance = Entrance.DIMSE, answer = "TLS alert, closed")
    void aPeerWithoutTheCertificateRequired() throws IOException {
        start(ClientCertificates.REQUIRED);

        assertThatThrownBy(() -> connect(null, ours)).isInstanceOf(IOException.class);

        refused(AbortCause.Kind.TLS_REFUSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"WANTED", "REQUIRED"})
    @BadInput(id = "M05", entrance = Entrance.DIMSE, answer = "TLS alert, closed")
    void aPeerWithAForgedCertificate(ClientCertificates certificates) throws IOException {
        start(certificates);

        assertThatThrownBy(() -> connect(forged, ours)).isInstanceOf(IOException.class);

        refused(AbortCause.Kind.TLS_REFUSED);
    }

    @Test
    void ourRequestorTrustsNoOtherServer() throws IOException {
        start(ClientCertificates.NONE);

        assertThatThrownBy(() -> connect(null, stranger)).isInstanceOf(SSLHandshakeException.class);

        // the requestor hangs up behind its alert, which may be lost with the connection
        refused(AbortCause.Kind.TLS_REFUSED, AbortCause.Kind.CONNECTION_LOST);
    }

    @Test
    void ourRequestorMindsTheHostName() throws IOException {
        start(ClientCertificates.NONE);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                SSLSocket tls = new ClientTls(context(null, ours), true).over(socket, "pacs.example", server.port())) {
            assertThatThrownBy(tls::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("pacs.example");
        }
        // the requestor hangs up behind its alert, which may be lost with the connection
        refused(AbortCause.Kind.TLS_REFUSED, AbortCause.Kind.CONNECTION_LOST);
    }

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
