package io.prelim.testkit.dimse;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Predicate;

/** One raw connection, from either side. What does not come within the time given fails the test with what did come. */
public final class ScriptedPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Waits for the side under test to connect. */
    public static final class Listener implements AutoCloseable {
        private final ServerSocket serverSocket;

        private Listener(ServerSocket serverSocket) {
            this.serverSocket = serverSocket;
        }

        public int port() {
            return serverSocket.getLocalPort();
        }

        public ScriptedPeer accept() throws IOException {
            return new ScriptedPeer(serverSocket.accept());
        }

        @Override
        public void close() throws IOException {
            serverSocket.close();
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private ScriptedPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Connects to a server on this machine. */
    public static ScriptedPeer connect(int port) throws IOException {
        return new ScriptedPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Listens on a port of this machine that the system picks. */
    public static Listener listen() throws IOException {
        ServerSocket serverSocket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        serverSocket.setSoTimeout((int) PATIENCE.toMillis());
        return new Listener(serverSocket);
    }

    /** Sends bytes as they are. */
    public ScriptedPeer send(byte[] bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    /** Sends bytes written as hexadecimal digits; blanks are free. */
    public ScriptedPeer send(String hex) throws IOException {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** The next bytes, all of them. */
    public byte[] receive(int length) throws IOException {
        byte[] bytes = new byte[length];
        int count = 0;
        try {
            while (count < length) {
                int read = in.read(bytes, count, length - count);
                if (read < 0) {
                    throw new EOFException("closed");
                }
                count += read;
            }
        } catch (EOFException | SocketTimeoutException e) {
            throw new AssertionError(
                    length + " bytes expected, came " + HexFormat.of().formatHex(bytes, 0, count) + " and then "
                            + e.getMessage(),
                    e);
        }
        return bytes;
    }

    /** The next unit, header and all. */
    public byte[] receiveUnit() throws IOException {
        byte[] header = receive(6);
        int length = ByteBuffer.wrap(header).getInt(2);
        byte[] unit = Arrays.copyOf(header, 6 + length);
        System.arraycopy(receive(length), 0, unit, 6, length);
        return unit;
    }

    /** Fails unless the next bytes are those given in hexadecimal digits. */
    public ScriptedPeer expect(String hex) throws IOException {
        byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] actual = receive(expected.length);
        if (!Arrays.equals(expected, actual)) {
            throw new AssertionError("expected " + HexFormat.of().formatHex(expected) + " but came "
                    + HexFormat.of().formatHex(actual));
        }
        return this;
    }

    /** Fails unless the other side closes the connection without another byte. */
    public void expectClose() throws IOException {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("close expected, came byte " + next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("close expected, nothing came", e);
        } catch (SocketException e) {
            // reset is a close, too: the other side had bytes of ours left unread
        }
    }

    /** Fails unless the other side closes the connection, after bytes that are as they should be. */
    public void expectCloseAfter(Predicate<byte[]> fitting) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                bytes.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("close expected, nothing came", e);
        } catch (SocketException e) {
            // reset is a close, too
        }
        if (!fitting.test(bytes.toByteArray())) {
            throw new AssertionError("before the close came " + HexFormat.of().formatHex(bytes.toByteArray()));
        }
    }

    /** Ends our side of the connection; the other may still send. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
