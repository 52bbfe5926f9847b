package io.prelim.report.archive;

import java.io.IOException;
import java.time.Duration;

/** An archive, as it is spoken to. */
interface Destination {
    /** The protocol, for people. */
    String protocol();

    /**
     * @throws Unreachable if it takes nothing now
     * @throws IOException if it cannot be reached
     */
    Session open() throws IOException;

    /** Instances are sent in it one after the other. */
    interface Session extends AutoCloseable {
        /**
         * @throws Unreachable if it takes nothing now
         * @throws IOException if what became of the instance is not known; the session is over
         */
        Answer store(Document document) throws IOException;

        @Override
        void close();
    }

    /** The archive answers, and takes nothing from us now. Its message holds nothing of what was sent. */
    final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        private final Duration wait;

        /** @param wait how long it wants to be left alone; null where it does not say */
        Unreachable(String problem, Duration wait) {
            super(problem);
            this.wait = wait;
        }

        Duration atLeast(Duration pause) {
            return wait != null && wait.compareTo(pause) > 0 ? wait : pause;
        }
    }
}
