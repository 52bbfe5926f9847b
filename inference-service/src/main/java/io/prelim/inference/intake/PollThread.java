package io.prelim.inference.intake;

import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.retry.Backoff;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A thread that owns one consumer at a time. A consumer that breaks is closed and another takes its place; only {@link #stop} ends it.
 */
final class PollThread {
    private final String name;
    private final Session session;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean opening;

    /** What is done with a consumer from its first poll to its last. */
    interface Session {
        /** A consumer ready to poll; may wait as long as the broker is away. */
        KafkaConsumer<byte[], byte[]> open() throws InterruptedException;

        /** One round: poll, hand over, commit. */
        void round(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException;

        /** Last words before the consumer is closed; not called for one that broke. */
        void leave(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException;
    }

    PollThread(String name, Session session) {
        this.name = name;
        this.session = session;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    boolean alive() {
        return thread.isAlive();
    }

    /** Asks the thread to end after the round it is in; does not wait. Rounds are short: no wakeup, which could hit a commit. */
    void stop() {
        running = false;
        if (opening) {
            thread.interrupt();
        }
    }

    /** @return whether the thread has ended */
    boolean join(Duration most) throws InterruptedException {
        thread.join(Math.max(1, most.toMillis()));
        return !thread.isAlive();
    }

    void interrupt() {
        thread.interrupt();
    }

    private void run() {
        for (int failures = 0; running; ) {
            opening = true;
            try (KafkaConsumer<byte[], byte[]> consumer = session.open()) {
                opening = false;
                while (running) {
                    session.round(consumer);
                    failures = 0;
                }
                session.leave(consumer);
            } catch (InterruptedException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                failures++;
                OperatorMessage.CONSUMER_BROKE.log(e, "consumer", name, "failures", failures);
                if (!slept(failures)) {
                    return;
                }
            }
        }
    }

    private static boolean slept(int failures) {
        try {
            Thread.sleep(Backoff.DEFAULT.after(failures).toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
