package io.prelim.dicom.net.transport;

import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS as a {@link DicomServer} speaks it, by the profile of PS3.15 section B.12.
 *
 * @param context with our certificate and key, and with the trust that certificates of peers are checked against
 */
public record ServerTls(SSLContext context, ClientCertificates clientCertificates) {
    /** What is asked of the peer. */
    public enum ClientCertificates {
        /** No certificate is asked for. */
        NONE,
        /** One is asked for; a peer without goes on, one with another than a trusted one does not. */
        WANTED,
        /** Without a trusted one there is no connection. */
        REQUIRED
    }

    public ServerTls {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(clientCertificates, "clientCertificates");
    }

    /** The server's side of TLS over a connection that was just taken; the handshake is still to come. */
    SSLSocket over(Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        SSLParameters parameters = TlsProfile.parameters();
        switch (clientCertificates) {
            case NONE -> parameters.setNeedClientAuth(false);
            case WANTED -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
        tls.setSSLParameters(parameters);
        return tls;
    }
}
