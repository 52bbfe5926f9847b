package io.prelim.dicom.net.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends connections whose time is up. A socket's own time-out covers neither a sender that trickles nor a write that blocks;
 * this looks from outside. First the connection's reader is woken, so that it can say goodbye; half a second later the socket
 * is closed under whoever still waits on it.
 */
final class Watchdog implements AutoCloseable {
    private static final long TICK_NANOS = 20_000_000L;
    private static final long GRACE_NANOS = 500_000_000L;

    private static final class Shared {
        static final Watchdog INSTANCE = new Watchdog("dicom-watchdog-clients");
    }

    /**
     * The time one connection has left: for what it reads or does just now, and for the oldest answer that is due to its peer.
     * While an answer is due, nobody holds it against the peer that it sends nothing.
     */
    static final class Watch {
        private static final Runnable NOTHING = () -> {};

        private final Watchdog watchdog;
        private final Connection connection;
        private boolean armed;
        private long dueNanos;
        /** Set while waiting for the peer to begin something. */
        private Duration idle;

        private boolean answering;
        private long answerDueNanos;
        private boolean ending;
        private boolean woken;
        private Runnable whenExpired = NOTHING;
        private volatile boolean expired;

        private Watch(Watchdog watchdog, Connection connection) {
            this.watchdog = watchdog;
            this.connection = connection;
        }

        /** Starts the time for what comes now anew, unless it was ended. */
        synchronized void arm(Duration left) {
            idle = null;
            due(ending ? 0 : left.toNanos());
        }

        /** Nothing is under way: as long as it likes, unless it was ended. */
        synchronized void rest() {
            idle = null;
            armed = ending;
        }

        /** Starts the time to wait for the peer's next word; it runs from the last answer due. */
        synchronized void await(Duration left) {
            idle = left;
            due(ending ? 0 : left.toNanos());
        }

        /** An answer is due until {@link System#nanoTime()} reaches this. */
        synchronized void answerDue(long nanos) {
            answering = true;
            answerDueNanos = nanos;
        }

        /** No answer is due any more. */
        synchronized void answered() {
            if (answering) {
                answering = false;
                if (idle != null) {
                    due(ending ? 0 : idle.toNanos());
                }
            }
        }

        /** Ends the time now and for good. */
        synchronized void expire() {
            ending = true;
            answering = false;
            due(0);
        }

        /** Called on the watchdog's thread when the time is up; must not block. */
        synchronized void whenExpired(Runnable action) {
            whenExpired = action;
        }

        private void due(long nanos) {
            dueNanos = System.nanoTime() + nanos;
            armed = true;
        }

        /** Whether the time was up. */
        boolean expired() {
            return expired;
        }

        /** Another half second to say goodbye in, after which the connection is closed whatever it does. */
        synchronized void lastWords() {
            idle = null;
            answering = false;
            due(GRACE_NANOS);
        }

        void end() {
            watchdog.watches.remove(this);
        }

        private synchronized boolean passed() {
            long now = System.nanoTime();
            boolean answerLate = answering && now - answerDueNanos >= 0;
            boolean patient = answering && idle != null;
            if (!answerLate && (!armed || patient || now - dueNanos < 0)) {
                return false;
            }
            idle = null;
            answering = false;
            due(GRACE_NANOS);
            return true;
        }

        private void look() {
            if (!passed()) {
                return;
            }
            if (!woken) {
                woken = true;
                expired = true;
                connection.wake();
                whenExpired.run();
            } else {
                connection.close();
                end();
            }
        }
    }

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    Watchdog(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The one that watches the connections of clients. */
    static Watchdog shared() {
        return Shared.INSTANCE;
    }

    Watch watch(Connection connection) {
        Watch watch = new Watch(this, connection);
        watches.add(watch);
        return watch;
    }

    private void run() {
        while (!closed) {
            watches.forEach(Watch::look);
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
