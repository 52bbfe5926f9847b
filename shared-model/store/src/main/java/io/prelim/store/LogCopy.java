package io.prelim.store;

import java.util.concurrent.CompletableFuture;

/** Keeps what a log appends a second time, elsewhere. An append is answered when both have it. Safe for use by many threads. */
public interface LogCopy extends AutoCloseable {
    /** No second copy. */
    LogCopy NONE = new LogCopy() {
        private final CompletableFuture<Void> nothing = CompletableFuture.completedFuture(null);

        @Override
        public void start(SegmentLog log) {}

        @Override
        public boolean taking() {
            return true;
        }

        @Override
        public CompletableFuture<Void> copy(long segment, long from, long to) {
            return nothing;
        }

        @Override
        public void dropped(long segment) {}

        @Override
        public void close() {}
    };

    /** The log is open; nothing was appended yet. Once. */
    void start(SegmentLog log);

    /** Whether an append would be tried: while it would not, appends are refused at once. */
    boolean taking();

    /**
     * Bytes that are written, and about to be synced. They are never written again. Called on the writer's thread.
     *
     * @param from of the first byte in the segment, where a record begins
     * @param to behind the last one, where a record ends; above {@code from}
     * @return completed when the copy has them; exceptionally, in bounded time, when it has not
     */
    CompletableFuture<Void> copy(long segment, long from, long to);

    /** The log has dropped a segment, and remembers it until {@link SegmentLog#forgetDropped} says that the copy has, too. */
    void dropped(long segment);

    /** Ends when what was asked for is copied or given up. */
    @Override
    void close();
}
