package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.PeerCertificate;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * The bytes of one connection. Small reads and writes go through a buffer; long ones go past it, straight between the socket
 * and the caller's array. Reading is for one thread; what several threads write never mixes within a message, and nothing follows
 * the last word; {@link #wake} and {@link #close} are for any thread at any time.
 */
final class Connection implements Closeable {
    private static final int BUFFER = 64 << 10;

    /** From this length on a read or write does not gain by the buffer. */
    private static final int DIRECT = 16 << 10;

    private final Socket socket;
    private InputStream in;
    private OutputStream out;
    private SSLSocket tls;
    private final byte[] input = new byte[BUFFER];
    private int inputStart;
    private int inputEnd;
    private final byte[] output = new byte[DIRECT];
    private int outputEnd;
    private boolean lastWordSent;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    InetAddress remoteAddress() {
        return socket.getInetAddress();
    }

    /**
     * Speaks TLS from here on, after this one handshake; to be called before anything is read or written. Whoever wakes or closes the connection does so
     * below TLS, which may hold its locks while it waits for the peer.
     *
     * @throws IOException when the handshake fails
     */
    void secure(SSLSocket layer) throws IOException {
        layer.startHandshake();
        TlsProfile.refuseRenegotiation(layer);
        tls = layer;
        in = layer.getInputStream();
        out = layer.getOutputStream();
    }

    /** The socket that TLS is laid over. */
    Socket socket() {
        return socket;
    }

    /** The certificate the peer proved to hold, or null. */
    PeerCertificate peerCertificate() {
        try {
            return tls == null
                    ? null
                    : PeerCertificate.of((X509Certificate) tls.getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Reads at least one byte, at most {@code length}; -1 at the end. */
    int read(byte[] target, int start, int length) throws IOException {
        if (inputStart == inputEnd) {
            if (length >= DIRECT) {
                return in.read(target, start, length);
            }
            inputStart = 0;
            inputEnd = Math.max(0, in.read(input, 0, BUFFER));
            if (inputEnd == 0) {
                return -1;
            }
        }
        int count = Math.min(length, inputEnd - inputStart);
        System.arraycopy(input, inputStart, target, start, count);
        inputStart += count;
        return count;
    }

    void readFully(byte[] target, int start, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int read = read(target, start + count, length - count);
            if (read < 0) {
                throw new EOFException("connection closed");
            }
            count += read;
        }
    }

    /** Sends a whole message, or several. */
    synchronized void send(byte[] source, int length) throws IOException {
        write(source, 0, length);
        flush();
    }

    /** Sends the last that there is to say: what others would still send is refused from here on. */
    synchronized void sendLast(byte[] source) throws IOException {
        send(source, source.length);
        lastWordSent = true;
    }

    /** Takes bytes of a message to be sent; they leave with {@link #flush} at the latest. For one thread alone. */
    synchronized void write(byte[] source, int start, int length) throws IOException {
        if (lastWordSent) {
            throw new IOException("nothing is sent after the last word");
        }
        if (outputEnd + length > output.length) {
            flush();
        }
        if (length >= output.length) {
            out.write(source, start, length);
            return;
        }
        System.arraycopy(source, start, output, outputEnd, length);
        outputEnd += length;
    }

    synchronized void flush() throws IOException {
        if (outputEnd > 0) {
            int length = outputEnd;
            outputEnd = 0;
            out.write(output, 0, length);
        }
    }

    /** Lets a blocked reader see the end of the input, while writing still works. */
    void wake() {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            close();
        }
    }

    /** Takes leave of the peer as TLS has it (RFC 8446 section 6.1), and closes; may block until {@link #close} is called. */
    void closeNotify() {
        if (tls != null) {
            try {
                tls.close();
            } catch (IOException e) {
                // the peer does not listen any more
            }
        }
        close();
    }

    /** Closes the socket under whoever uses it. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to be done with a socket that fails to close
        }
    }
}
