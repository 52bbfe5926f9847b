package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.Admission;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.Negotiation;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.NormalizedSopClass;
import io.prelim.dicom.net.dimse.StoreScp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for associations and serves C-ECHO, C-STORE and the normalized services, each association on a thread of its own out of a bounded number. A
 * few threads beyond the associations allowed say so to the peers who are one too many; connections beyond those are closed.
 */
public final class DicomServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DicomServer.class);
    private static final int BACKLOG = 128;

    private final ServerSettings settings;
    private final AssociationPolicy policy;
    private final StoreScp scp;
    private final NormalizedScp normalizedScp;
    private final ReadingRoom readingRoom = new ReadingRoom(ReadingRoom.BYTES);
    private final AssociationListener listener;
    private final Negotiation negotiation;
    private final ServerSocket serverSocket;
    private final Thread listening = new Thread(this::accept, "dicom-listener");
    private final Admission admission;
    private final ThreadPoolExecutor threads;
    private final ExecutorService answerThreads;
    private final Watchdog watchdog = new Watchdog("dicom-watchdog");
    private final Set<Acceptor> acceptors = ConcurrentHashMap.newKeySet();
    private final String idPrefix = UUID.randomUUID().toString().substring(0, 8) + "-";
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean closing;

    private DicomServer(
            ServerSettings settings,
            AssociationPolicy policy,
            StoreScp scp,
            NormalizedScp normalizedScp,
            AssociationListener listener,
            ServerSocket serverSocket) {
        this.settings = settings;
        this.policy = policy;
        this.scp = scp;
        this.normalizedScp = normalizedScp;
        this.listener = listener;
        this.serverSocket = serverSocket;
        this.negotiation = new Negotiation(
                settings.transferSyntaxes(),
                settings.abstractSyntaxes(),
                Arrays.stream(NormalizedSopClass.values())
                        .collect(Collectors.toMap(NormalizedSopClass::uid, NormalizedSopClass::peerRoles)));
        this.admission = new Admission(settings.limits());
        AtomicLong threadIds = new AtomicLong();
        this.threads = new ThreadPoolExecutor(
                0,
                settings.limits().maxConnections(),
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> new Thread(task, "dicom-association-" + threadIds.incrementAndGet()));
        // one task for each association at most, so that the associations bound it
        this.answerThreads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> new Thread(task, "dicom-answer-" + threadIds.incrementAndGet()));
    }

    /**
     * Listens; returns when the port is open.
     *
     * @throws IOException when it cannot be opened
     */
    public static DicomServer start(
            ServerSettings settings, AssociationPolicy policy, StoreScp scp, AssociationListener listener)
            throws IOException {
        return start(settings, policy, scp, NormalizedScp.NONE, listener);
    }

    /**
     * Listens; returns when the port is open.
     *
     * @param normalizedScp serves those of the {@link NormalizedSopClass}es that are among the abstract syntaxes accepted
     * @throws IOException when it cannot be opened
     */
    public static DicomServer start(
            ServerSettings settings,
            AssociationPolicy policy,
            StoreScp scp,
            NormalizedScp normalizedScp,
            AssociationListener listener)
            throws IOException {
        ServerSocket serverSocket = new ServerSocket();
        try {
            serverSocket.setReuseAddress(true);
            serverSocket.bind(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
        } catch (IOException e) {
            serverSocket.close();
            throw e;
        }
        DicomServer server = new DicomServer(settings, policy, scp, normalizedScp, listener, serverSocket);
        server.listening.start();
        return server;
    }

    /** The port listened on. */
    public int port() {
        return serverSocket.getLocalPort();
    }

    /** The address and port listened on. */
    public InetSocketAddress address() {
        return (InetSocketAddress) serverSocket.getLocalSocketAddress();
    }

    /** Associations established at this moment. */
    public int associations() {
        return admission.associations();
    }

    /** Connections taken, associated or not yet. */
    public int connections() {
        return acceptors.size();
    }

    private void accept() {
        while (!closing) {
            try {
                Socket socket = serverSocket.accept();
                begin(socket);
            } catch (IOException e) {
                if (!closing) {
                    LOG.atError().setCause(e).log("cannot take a connection");
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }
        }
    }

    private void begin(Socket socket) throws IOException {
        InetAddress remote = socket.getInetAddress();
        Admission.Place place = admission.connect(remote, policy.knows(remote));
        if (place == null) {
            socket.close();
            LOG.atDebug().addKeyValue("remote", remote.getHostAddress()).log("connection closed: too many");
            tell(listener -> listener.turnedAway(remote));
            return;
        }
        Connection connection;
        try {
            connection = new Connection(socket);
        } catch (IOException e) {
            place.leave();
            socket.close();
            LOG.atDebug().setCause(e).log("connection was gone before it was taken");
            return;
        }
        Acceptor acceptor = new Acceptor(this, connection, place, idPrefix + ids.incrementAndGet());
        acceptors.add(acceptor);
        try {
            threads.execute(acceptor);
        } catch (RejectedExecutionException e) {
            // closing: the pool has a thread for each place
            acceptor.drop();
        }
    }

    ServerSettings settings() {
        return settings;
    }

    AssociationPolicy policy() {
        return policy;
    }

    StoreScp scp() {
        return scp;
    }

    NormalizedScp normalizedScp() {
        return normalizedScp;
    }

    ReadingRoom readingRoom() {
        return readingRoom;
    }

    Negotiation negotiation() {
        return negotiation;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    /** Sends answers that are ready while their association's thread waits for the next message. */
    Executor answerThreads() {
        return answerThreads;
    }

    boolean closing() {
        return closing;
    }

    void ended(Acceptor acceptor) {
        acceptors.remove(acceptor);
    }

    /** Tells the listener; its failures are its own. */
    void tell(Consumer<AssociationListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("association listener failed");
        }
    }

    /** Accepts no more, lets running messages finish within the grace time, then aborts what is left. */
    @Override
    public void close() {
        closing = true;
        try {
            serverSocket.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("cannot close the listening socket");
        }
        threads.shutdown();
        acceptors.stream().filter(acceptor -> !acceptor.busy()).forEach(Acceptor::end);
        if (!awaitEnd(settings.timeouts().closeGrace())) {
            acceptors.forEach(Acceptor::end);
            // a second to say goodbye, one for the peer to take notice
            if (!awaitEnd(Duration.ofSeconds(3))) {
                LOG.atError().addKeyValue("associations", acceptors.size()).log("associations left behind");
            }
        }
        answerThreads.shutdown();
        watchdog.close();
        awaitListening();
    }

    /** The port is free only when nobody waits in its socket any more. */
    private void awaitListening() {
        try {
            listening.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitEnd(Duration atMost) {
        try {
            return threads.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
