package io.prelim.chaos.send;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Senders side by side, each with an association or connection of its own, sending study after study. A parcel is sent until it is
 * answered for good.
 */
public final class Sender implements AutoCloseable {
    /** The last of them sends by STOW-RS. */
    private static final int SENDERS = 4;

    private static final long LONGEST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long PAUSE_MILLIS = 150;
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

    private record Late(Script script, long due) {}

    private final Workload workload;
    private final Journal journal;
    private final Committer committer;
    private final int dicomPort;
    private final int httpPort;
    private final AtomicInteger studies = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicLong lastStored = new AtomicLong(System.nanoTime());
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;
    private volatile boolean closed;
    private volatile Throwable failure;

    /** Ports are the proxies'. */
    public Sender(Workload workload, Journal journal, Committer committer, int dicomPort, int httpPort) {
        this.workload = workload;
        this.journal = journal;
        this.committer = committer;
        this.dicomPort = dicomPort;
        this.httpPort = httpPort;
    }

    /** Begins to send. */
    public void start() {
        for (int i = 0; i < SENDERS; i++) {
            String title = "CHAOS" + i;
            Door.Factory doors =
                    i == SENDERS - 1 ? () -> new StowDoor(httpPort) : () -> Door.association(dicomPort, title);
            Thread thread = new Thread(() -> new One(doors).run(), title);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(this::failed);
            threads.add(thread);
            thread.start();
        }
    }

    /** Parcels under way now. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Answers of success so far. */
    public int stored() {
        return stored.get();
    }

    /** Studies begun so far. */
    public int studies() {
        return studies.get();
    }

    /** When the last success was answered, as {@link System#nanoTime}. */
    public long lastStored() {
        return lastStored.get();
    }

    /**
     * No new study is begun; what was begun is sent to its end. Waits for that.
     *
     * @throws IllegalStateException when one of the senders itself failed
     */
    public void finish() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure != null) {
            throw new IllegalStateException("a sender failed", failure);
        }
    }

    /** Ends at once, whatever is under way. */
    @Override
    public void close() {
        ending = true;
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    private void failed(Thread thread, Throwable fault) {
        if (!closed) {
            failure = fault;
        }
    }

    private final class One {
        private final Door.Factory doors;
        private final List<Late> late = new ArrayList<>();
        private Door door;

        One(Door.Factory doors) {
            this.doors = doors;
        }

        void run() {
            try {
                while (!ending) {
                    Script script = workload.study(studies.getAndIncrement());
                    committer.want(script.studyInstanceUid(), send(script.first()));
                    if (!script.late().isEmpty()) {
                        late.add(new Late(script, System.nanoTime() + LATE_NANOS));
                    }
                    sendLate(false);
                    hangUp();
                    Thread.sleep(PAUSE_MILLIS);
                }
                sendLate(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                hangUp();
            }
        }

        private void sendLate(boolean all) throws InterruptedException {
            for (Late one : List.copyOf(late)) {
                if (all || one.due() - System.nanoTime() < 0) {
                    late.remove(one);
                    send(one.script().late());
                }
            }
        }

        /** Those that were answered with success. */
        private List<Parcel> send(List<Parcel> parcels) throws InterruptedException {
            List<Parcel> kept = new ArrayList<>();
            for (Parcel parcel : parcels) {
                if (deliver(parcel) instanceof Answer.Stored) {
                    kept.add(parcel);
                }
            }
            return kept;
        }

        private Answer deliver(Parcel parcel) throws InterruptedException {
            long limit = System.nanoTime() + LONGEST_RETRY_NANOS;
            long pause = PAUSE_MILLIS;
            Answer answer = attempt(parcel);
            while (answer instanceof Answer.Unknown && System.nanoTime() - limit < 0) {
                hangUp();
                Thread.sleep(pause);
                pause = Math.min(2 * pause, 1_000);
                answer = attempt(parcel);
            }
            return answer;
        }

        private Answer attempt(Parcel parcel) {
            journal.sending(parcel);
            inFlight.incrementAndGet();
            Answer answer;
            try {
                if (door == null) {
                    door = doors.open();
                }
                answer = door.send(parcel);
            } catch (IOException e) {
                answer = new Answer.Unknown(String.valueOf(e.getMessage()));
            } finally {
                inFlight.decrementAndGet();
            }
            journal.answered(parcel, answer);
            if (answer instanceof Answer.Stored) {
                stored.incrementAndGet();
                lastStored.set(System.nanoTime());
            }
            return answer;
        }

        private void hangUp() {
            if (door != null) {
                door.close();
                door = null;
            }
        }
    }
}
