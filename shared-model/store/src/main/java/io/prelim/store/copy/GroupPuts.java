package io.prelim.store.copy;

import io.prelim.store.SegmentLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Puts groups as they are written: a few objects side by side, and what waits behind one another goes into one object, so that a store
 * with a long answer time is given fewer, larger ones. Each group ends copied or refused by its deadline.
 */
final class GroupPuts {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LAST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private record Piece(Range range, long deadline, CompletableFuture<Void> done) {}

    private final SegmentLog log;
    private final CopyStore store;
    private final CopyKeys keys;
    private final CopySettings settings;
    private final Coverage coverage;
    private final Reach reach;
    private final CopyWatch watch;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    GroupPuts(
            SegmentLog log,
            CopyStore store,
            CopyKeys keys,
            CopySettings settings,
            Coverage coverage,
            Reach reach,
            CopyWatch watch) {
        this.log = log;
        this.store = store;
        this.keys = keys;
        this.settings = settings;
        this.coverage = coverage;
        this.reach = reach;
        this.watch = watch;
        for (int i = 1; i <= settings.concurrency(); i++) {
            Thread thread = new Thread(this::run, "store-copy-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    synchronized CompletableFuture<Void> submit(Range group) {
        if (closed) {
            return CompletableFuture.failedFuture(new CopyFailed("the second copy is closed", null));
        }
        long deadline = System.nanoTime() + settings.deadline().toNanos();
        List<CompletableFuture<Void>> pieces = new ArrayList<>();
        for (Range range : group.split(settings.objectBytes())) {
            Piece piece = new Piece(range, deadline, new CompletableFuture<>());
            waiting.add(piece);
            pieces.add(piece.done());
            notify();
        }
        return pieces.size() == 1 ? pieces.get(0) : CompletableFuture.allOf(pieces.toArray(CompletableFuture[]::new));
    }

    /** Waits for what was submitted. */
    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        threads.forEach(SecondCopy::join);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(settings.objectBytes());
        for (List<Piece> next = next(); !next.isEmpty(); next = next()) {
            copy(next, buffer);
        }
    }

    /** What goes into one object: pieces that lie side by side. Empty at the end. */
    private synchronized List<Piece> next() {
        while (waiting.isEmpty() && !closed) {
            SecondCopy.await(this, 0);
        }
        List<Piece> pieces = new ArrayList<>();
        Piece last = null;
        long bytes = 0;
        while (!waiting.isEmpty()
                && (last == null
                        || waiting.peek().range().follows(last.range())
                                && bytes + waiting.peek().range().bytes() <= settings.objectBytes())) {
            last = waiting.poll();
            bytes += last.range().bytes();
            pieces.add(last);
        }
        return pieces;
    }

    private void copy(List<Piece> pieces, ByteBuffer buffer) {
        Range first = pieces.get(0).range();
        Range range = new Range(
                first.segment(),
                first.from(),
                pieces.get(pieces.size() - 1).range().to());
        long deadline = pieces.get(0).deadline();
        try {
            log.read(range.segment(), range.from(), buffer.clear().limit((int) range.bytes()));
            put(range, buffer.flip(), deadline);
            reach.succeeded();
            pieces.forEach(piece -> piece.done().complete(null));
        } catch (IOException | RuntimeException e) {
            // in this order: what is refused must not count as copied
            coverage.lacks(range);
            if (e instanceof CopyFailed) {
                reach.lost(e.getMessage());
            }
            pieces.forEach(piece -> piece.done().completeExceptionally(e));
        }
    }

    /** Tries until it is there, or the deadline has passed. */
    private void put(Range range, ByteBuffer bytes, long deadline) throws IOException {
        long pause = FIRST_PAUSE;
        for (long left = deadline - System.nanoTime(); ; left = deadline - System.nanoTime()) {
            if (left <= 0) {
                throw new CopyFailed("not tried before the deadline: too many groups wait", null);
            }
            long begin = System.nanoTime();
            try {
                store.put(keys.of(range), bytes, Duration.ofNanos(left));
                watch.put(range.bytes(), Duration.ofNanos(System.nanoTime() - begin));
                return;
            } catch (CopyFailed e) {
                watch.failed(e.getMessage());
                if (deadline - System.nanoTime() <= pause) {
                    throw e;
                }
            }
            SecondCopy.pause(pause);
            pause = Math.min(2 * pause, LAST_PAUSE);
        }
    }
}
