package io.prelim.ingest.hl7;

import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.mllp.MalformedFrame;
import io.prelim.mllp.MalformedFrame.Kind;
import io.prelim.mllp.MllpBlock;
import io.prelim.mllp.MllpReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * One peer's connection: a message, its answer, and so on. Its deadline is what ends it whatever the peer does or leaves undone;
 * whoever watches it closes the socket then.
 */
final class MllpConnection implements Runnable {
    private static final Logger LOG = Logger.getLogger(MllpConnection.class);

    /** For a peer whose message is too long to take its answer. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final int DISCARDED = 8192;

    private final Socket socket;
    private final Hl7Peer peer;
    private final MessageDesk desk;
    private final int longest;
    private final Duration idle;
    private final Duration message;
    private volatile long deadline;
    private volatile String expects;

    /**
     * @param longest bytes of a message
     * @param idle    between messages
     * @param message for one to come in, and for its answer to be taken
     */
    MllpConnection(Socket socket, Hl7Peer peer, MessageDesk desk, int longest, Duration idle, Duration message) {
        this.socket = socket;
        this.peer = peer;
        this.desk = desk;
        this.longest = longest;
        this.idle = idle;
        this.message = message;
        within(idle, "message");
    }

    Hl7Peer peer() {
        return peer;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            MllpReader reader = new MllpReader(
                    new BufferedInputStream(socket.getInputStream()), longest, () -> within(message, "end of message"));
            serve(reader, socket.getOutputStream());
        } catch (MalformedFrame e) {
            closed(e.kind().name());
        } catch (IOException e) {
            // the peer is gone, or the watch closed the socket and has said so
            LOG.debugf("MLLP connection ended: %s", OperatorMessage.reason(e));
        } finally {
            deadline = Long.MAX_VALUE;
        }
    }

    private void serve(MllpReader reader, OutputStream out) throws IOException {
        try {
            for (byte[] next = reader.next(); next != null; next = reader.next()) {
                // the database's own timeouts bound the time until there is an answer
                deadline = Long.MAX_VALUE;
                byte[] answer = desk.answer(peer, next);
                within(message, "answer taken");
                write(out, answer);
                within(idle, "message");
            }
        } catch (MalformedFrame e) {
            if (e.kind() == Kind.TOO_LONG) {
                within(FAREWELL, "end");
                write(out, desk.tooLong(peer, e.received()));
                takeLeave();
            }
            throw e;
        }
    }

    private static void write(OutputStream out, byte[] answer) throws IOException {
        out.write(MllpBlock.of(answer));
        out.flush();
    }

    /** Reads on without keeping anything until the peer ends or the deadline does: a socket closed on unread bytes resets, and takes the answer with it. */
    private void takeLeave() {
        try {
            socket.shutdownOutput();
            byte[] discarded = new byte[DISCARDED];
            while (socket.getInputStream().read(discarded) >= 0 && System.nanoTime() - deadline < 0) {
                continue;
            }
        } catch (IOException e) {
            LOG.debugf("MLLP connection ended: %s", OperatorMessage.reason(e));
        }
    }

    private void within(Duration time, String what) {
        expects = what;
        deadline = System.nanoTime() + time.toNanos();
    }

    /** Closes the connection if it is past its deadline. */
    void check(long now) {
        if (deadline != Long.MAX_VALUE && now - deadline > 0) {
            deadline = Long.MAX_VALUE;
            closed("no " + expects);
            close();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debugf("MLLP connection not closed: %s", OperatorMessage.reason(e));
        }
    }

    private void closed(String reason) {
        OperatorMessage.MLLP_CLOSED.log(LOG, "peer", peer.name(), "reason", reason);
    }
}
