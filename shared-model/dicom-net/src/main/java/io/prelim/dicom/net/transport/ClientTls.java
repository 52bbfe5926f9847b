package io.prelim.dicom.net.transport;

import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS as a {@link DicomClient} speaks it, and other clients of hospital protocols may, by the profile of PS3.15 section B.12.
 *
 * @param context with the trust that the peer's certificate is checked against, and our own certificate where the peer wants one
 * @param checkHostName whether the peer's certificate must name the host connected to (RFC 9525); without it any trusted one
 *     will do, which is as good only where the trust holds this peer's certificate alone
 */
public record ClientTls(SSLContext context, boolean checkHostName) {
    public ClientTls {
        Objects.requireNonNull(context, "context");
    }

    /** The client's side of TLS over a connection; the handshake is still to come. */
    public SSLSocket over(Socket socket, String host, int port) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = TlsProfile.parameters();
        if (checkHostName) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        tls.setSSLParameters(parameters);
        return tls;
    }
}
