package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.AssociationRequest;
import io.prelim.dicom.net.association.PeerCertificate;
import io.prelim.dicom.net.transport.ServerTls.ClientCertificates;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DICOM over TLS (PS3.15 section B.12): who is let in, and who is trusted. */
class TlsTest extends TlsServer {
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
}
