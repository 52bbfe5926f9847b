package io.prelim.ingest.hl7;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.Hl7Config;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.patients.Keys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** The MLLP port, when a peer may connect to it: a thread a connection, as many as are let in, and one that watches them. */
@ApplicationScoped
public class MllpListener {
    private static final Logger LOG = Logger.getLogger(MllpListener.class);
    private static final int BACKLOG = 50;
    private static final long WATCH_MILLIS = 100;
    private static final long STOP_MILLIS = 5_000;

    private final Hl7Config config;
    private final List<Hl7Peer> peers;
    private final MessageDesk desk;
    private final Keys keys;
    private final Set<MllpConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong number = new AtomicLong();
    private volatile ServerSocket server;
    private ScheduledExecutorService watch;

    MllpListener(IngestConfig config, MessageDesk desk, Keys keys, MeterRegistry meters) {
        this.config = config.hl7();
        this.peers = Hl7Peer.of(config);
        this.desk = desk;
        this.keys = keys;
        meters.gauge("prelim.ingest.hl7.connections", open, Set::size);
    }

    /** Whether anybody may connect. */
    public boolean configured() {
        return !peers.isEmpty();
    }

    /**
     * Opens the port; does nothing when nobody may connect.
     *
     * @throws IOException           when it cannot be opened
     * @throws IllegalStateException when somebody may connect and there is no secret for the keys of what they send
     */
    public void start() throws IOException {
        if (peers.isEmpty()) {
            return;
        }
        if (keys.identity().isEmpty()) {
            throw new IllegalStateException("prelim.hl7.peers are set, and prelim.identity.secret is not");
        }
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getByName(config.address()), config.port()), BACKLOG);
        server = opened;
        watch = Executors.newSingleThreadScheduledExecutor(work -> thread(work, "prelim-mllp-watch"));
        watch.scheduleWithFixedDelay(
                () -> open.forEach(each -> each.check(System.nanoTime())),
                WATCH_MILLIS,
                WATCH_MILLIS,
                TimeUnit.MILLISECONDS);
        thread(() -> accept(opened), "prelim-mllp-accept").start();
        OperatorMessage.MLLP_LISTENS.log(
                LOG, "address", config.address(), "port", opened.getLocalPort(), "peers", peers.size());
    }

    /** The port listened on, 0 when not listening. */
    public int port() {
        ServerSocket running = server;
        return running == null ? 0 : running.getLocalPort();
    }

    /** Connections that are open now. */
    public int connections() {
        return open.size();
    }

    /** Closes port and connections; a message that is being kept is kept, its answer may not arrive. */
    public void stop() {
        ServerSocket running = server;
        server = null;
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (IOException e) {
            LOG.debugf("MLLP port not closed: %s", OperatorMessage.reason(e));
        }
        open.forEach(MllpConnection::close);
        watch.shutdown();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                admit(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    OperatorMessage.MLLP_CLOSED.log(LOG, "reason", OperatorMessage.reason(e));
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        Optional<Hl7Peer> known = peers.stream()
                .filter(peer -> peer.contains(socket.getInetAddress()))
                .findFirst();
        Optional<String> refusal = known.isEmpty() ? Optional.of("unknown address") : full(known.get());
        if (refusal.isPresent()) {
            OperatorMessage.MLLP_CLOSED.log(
                    LOG, "address", socket.getInetAddress().getHostAddress(), "reason", refusal.get());
            socket.close();
            return;
        }
        MllpConnection connection = new MllpConnection(
                socket,
                known.get(),
                desk,
                Math.toIntExact(config.maxMessageSize().asLongValue()),
                config.idleTimeout(),
                config.messageTimeout());
        open.add(connection);
        Thread thread = thread(() -> serve(connection), "prelim-mllp-" + number.incrementAndGet());
        threads.add(thread);
        thread.start();
    }

    /** Empty when there is room: connections are admitted by one thread. */
    private Optional<String> full(Hl7Peer peer) {
        if (open.size() >= config.maxConnections()) {
            return Optional.of("too many connections");
        }
        long its = open.stream().filter(each -> each.peer().equals(peer)).count();
        return its >= peer.maxConnections() ? Optional.of("too many connections of the peer") : Optional.empty();
    }

    private void serve(MllpConnection connection) {
        try {
            connection.run();
        } finally {
            open.remove(connection);
            threads.remove(Thread.currentThread());
        }
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
