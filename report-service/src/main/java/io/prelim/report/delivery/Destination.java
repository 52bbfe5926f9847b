package io.prelim.report.delivery;

import io.prelim.events.ReportChanged;
import io.prelim.report.store.Delivery;
import io.prelim.report.store.DeliveryQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where results go, and how it is spoken to. */
public interface Destination<M extends Outgoing> {
    /** The protocol, for people. */
    String protocol();

    Limits limits();

    /** Of what can be sent to it, as {@link Delivery#kind}. */
    List<String> kinds();

    /** What a change asks for, in the order it is to go. */
    List<DeliveryQueue.Item> wanted(ReportChanged change);

    /**
     * What is sent: the same for the same delivery, at each attempt.
     *
     * @throws IllegalArgumentException or IllegalStateException or java.io.UncheckedIOException if it cannot be written
     */
    M write(Delivery delivery);

    /**
     * @throws Unreachable if it takes nothing now
     * @throws IOException if it cannot be reached
     */
    Session<M> open() throws IOException;

    /** What is sent in it goes one after the other. */
    interface Session<M extends Outgoing> extends AutoCloseable {
        /**
         * @throws Unreachable if it takes nothing now
         * @throws IOException if what became of it is not known; the session is over
         */
        Answer send(M message) throws IOException;

        @Override
        void close();
    }

    /** The destination answers, and takes nothing from us now. Its message holds nothing of what was sent. */
    final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        private final Duration wait;

        /** @param wait how long it wants to be left alone; null where it does not say */
        public Unreachable(String problem, Duration wait) {
            super(problem);
            this.wait = wait;
        }

        /** A pause that is no shorter than it wants. */
        public Duration atLeast(Duration pause) {
            return wait != null && wait.compareTo(pause) > 0 ? wait : pause;
        }
    }
}
