package io.prelim.report.mllp;

import io.prelim.dicom.net.transport.ClientTls;
import io.prelim.mllp.MllpBlock;
import io.prelim.mllp.MllpReader;
import io.prelim.report.delivery.Destination.Unreachable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a receiver: a message, its answer, and so on. A socket's own timeout covers neither one that trickles nor a write that
 * blocks; the watch closes the socket then.
 */
final class MllpConnection implements AutoCloseable {
    /** Bytes of an answer. */
    private static final int LONGEST_ANSWER = 1 << 16;

    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final Socket plain;
    private final Duration patience;
    private Socket socket;
    private MllpReader reader;
    private volatile boolean late;

    private MllpConnection(Socket plain, Duration patience) {
        this.plain = plain;
        this.patience = patience;
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "prelim-mllp-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    /**
     * Connects.
     *
     * @param tls      null for none
     * @param connect  for the connection
     * @param patience for the handshake, and for each answer
     */
    static MllpConnection open(String host, int port, ClientTls tls, Duration connect, Duration patience)
            throws IOException {
        MllpConnection connection = new MllpConnection(new Socket(), patience);
        try {
            connection.plain.setTcpNoDelay(true);
            connection.plain.connect(new InetSocketAddress(host, port), Math.toIntExact(connect.toMillis()));
            connection.socket = tls == null ? connection.plain : tls.over(connection.plain, host, port);
            connection.reader = new MllpReader(
                    new BufferedInputStream(connection.socket.getInputStream()), LONGEST_ANSWER, () -> {});
            if (connection.socket instanceof SSLSocket handshake) {
                connection.watched("no TLS handshake", () -> {
                    handshake.startHandshake();
                    return null;
                });
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Sends a message and waits for its answer.
     *
     * @throws IOException if there is none in time, it is longer than 64 KiB or no block: nothing more is to be sent then
     */
    byte[] ask(byte[] message) throws IOException {
        return watched("no answer", () -> {
            socket.getOutputStream().write(MllpBlock.of(message));
            socket.getOutputStream().flush();
            byte[] answer = reader.next();
            if (answer == null) {
                throw new Unreachable("closed without an answer", null);
            }
            return answer;
        });
    }

    private interface Exchange {
        byte[] run() throws IOException;
    }

    private byte[] watched(String problem, Exchange exchange) throws IOException {
        ScheduledFuture<?> end = WATCH.schedule(this::expire, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return exchange.run();
        } catch (IOException e) {
            throw late ? new Unreachable(problem + " within " + patience, null) : e;
        } finally {
            end.cancel(false);
        }
    }

    private void expire() {
        late = true;
        close();
    }

    @Override
    public void close() {
        try {
            // the one below TLS: a farewell could block
            plain.close();
        } catch (IOException e) {
            // it is of no use any more either way
        }
    }
}
