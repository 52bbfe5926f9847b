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

    /** The time one connection has left. */
    static final class Watch {
        private final Watchdog watchdog;
        private final Connection connection;
        private volatile boolean armed;
        private volatile long dueNanos;
        private volatile boolean expired;
        private volatile boolean ending;
        private boolean woken;

        private Watch(Watchdog watchdog, Connection connection) {
            this.watchdog = watchdog;
            this.connection = connection;
        }

        /** Starts the time anew, unless it was ended. */
        void arm(Duration left) {
            due(left.toNanos());
            if (ending) {
                due(0);
            }
        }

        /** Ends the time now and for good. */
        void expire() {
            ending = true;
            due(0);
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
        void lastWords() {
            due(GRACE_NANOS);
        }

        void end() {
            watchdog.watches.remove(this);
        }

        private void look(long now) {
            if (!armed || now - dueNanos < 0) {
                return;
            }
            if (!woken) {
                woken = true;
                expired = true;
                dueNanos = now + GRACE_NANOS;
                connection.wake();
            } else {
                armed = false;
                connection.close();
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
            long now = System.nanoTime();
            for (Watch watch : watches) {
                watch.look(now);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
