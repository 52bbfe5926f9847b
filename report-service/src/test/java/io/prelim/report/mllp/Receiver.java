package io.prelim.report.mllp;

import io.prelim.mllp.MllpBlock;
import io.prelim.mllp.MllpReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver of HL7 as a test wants it. */
public final class Receiver implements AutoCloseable {
    private static final int LONGEST = 10 << 20;

    private final ServerSocket listener;
    private final Function<String, byte[]> answers;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param answers bytes to each message, as they go over the line; null to close the connection instead */
    public Receiver(int port, Function<String, byte[]> answers) throws IOException {
        this(new ServerSocket(port, 8, InetAddress.getLoopbackAddress()), answers);
    }

    Receiver(ServerSocket listener, Function<String, byte[]> answers) {
        this.listener = listener;
        this.answers = answers;
        threads.execute(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            MllpReader reader = new MllpReader(new BufferedInputStream(socket.getInputStream()), LONGEST, () -> {});
            for (byte[] next = reader.next(); next != null; next = reader.next()) {
                String message = new String(next, StandardCharsets.UTF_8);
                received.add(message);
                byte[] answer = answers.apply(message);
                if (answer == null) {
                    return;
                }
                socket.getOutputStream().write(answer);
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // the peer is gone
        }
    }

    /** In the order they came. */
    public List<String> received() {
        return received;
    }

    int port() {
        return listener.getLocalPort();
    }

    public static String controlId(String message) {
        return message.split("\r")[0].split("\\|", -1)[9];
    }

    /** A block with MSH and MSA, and what else is said. */
    public static byte[] ack(String code, String controlId, String... more) {
        return MllpBlock.of(("MSH|^~\\&|RIS||PRELIM||20260301||ACK|9|P|2.5.1\rMSA|" + code + "|" + controlId + "\r"
                        + String.join("\r", more))
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
