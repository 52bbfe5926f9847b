package io.prelim.store.copy;

import io.prelim.store.Location;
import io.prelim.store.LogCopy;
import io.prelim.store.SegmentLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * The second copy of one log. A log that has none yet gets an id, under which its objects lie. Each group that is written is put before
 * it is answered; one that is not there by its deadline is refused, and so is all that comes after, until the store is reached again. What
 * the log has and the copy lacks, from a crash between the two or from before there was a copy, is caught up beside. Safe for use by many
 * threads.
 */
public final class SecondCopy implements LogCopy {
    private final CopyStore store;
    private final CopySettings settings;
    private final CopyWatch watch;
    private final Coverage coverage = new Coverage();
    private final Reach reach;
    private volatile GroupPuts puts;
    private volatile CatchUp catchUp;

    /** @param store closed with the copy */
    public SecondCopy(CopyStore store, CopySettings settings, CopyWatch watch) {
        this.store = store;
        this.settings = settings;
        this.watch = watch;
        this.reach = new Reach(watch);
    }

    /** Reaches for the store beside: nothing is taken before that. */
    @Override
    public void start(SegmentLog log) {
        try {
            CopyKeys keys = new CopyKeys(named(log));
            puts = new GroupPuts(log, store, keys, settings, coverage, reach, watch);
            catchUp = new CatchUp(log, store, keys, settings, coverage, reach, watch);
        } catch (IOException e) {
            throw new UncheckedIOException("the log's name cannot be read or written", e);
        }
    }

    private UUID named(SegmentLog log) throws IOException {
        Optional<UUID> known = log.id();
        if (known.isPresent()) {
            return known.get();
        }
        UUID id = UUID.randomUUID();
        log.name(id);
        try {
            List<String> others = store.folders();
            if (!others.isEmpty()) {
                watch.besideOthers(id, others);
            }
        } catch (CopyFailed e) {
            watch.failed(e.getMessage()); // it is away, and told of when it is reached for
        }
        return id;
    }

    @Override
    public boolean taking() {
        return reach.taking();
    }

    @Override
    public CompletableFuture<Void> copy(long segment, long from, long to) {
        return puts.submit(new Range(segment, from, to));
    }

    @Override
    public void dropped(long segment) {
        catchUp.drop(segment);
    }

    /** Whether the copy has all of a part, for certain. */
    public boolean holds(Location location) {
        return location.length() == 0
                || coverage.holds(
                        new Range(location.segment(), location.offset(), location.offset() + location.length()));
    }

    /** Whether it is known of all segments up to this one what the copy has of them. */
    public boolean knows(long segment) {
        return coverage.knows(segment);
    }

    /** Whether the copy has bytes behind the end of a segment, never answered, as a crash leaves them. */
    public boolean isLonger(long segment) {
        return coverage.isLonger(segment);
    }

    /** Bytes that the log has and the copy is known to lack. */
    public long bytesBehind() {
        return coverage.bytesBehind();
    }

    /** Segments that were not compared yet. */
    public int uncheckedSegments() {
        return coverage.uncheckedSegments();
    }

    /** Dropped segments that the copy may still have. */
    public int deletionsWaiting() {
        return catchUp == null ? 0 : catchUp.deletionsWaiting();
    }

    @Override
    public void close() {
        if (catchUp != null) {
            puts.close();
            catchUp.close();
        }
        store.close();
    }

    /** Waits on a monitor that the caller holds, however often it is interrupted. @param millis 0 for as long as it takes */
    @SuppressWarnings({"WaitNotInLoop", "NakedNotify"}) // the callers loop
    static void await(Object monitor, long millis) {
        try {
            monitor.wait(millis);
        } catch (InterruptedException e) {
            // a request that was given up may leave one behind: these threads are ended otherwise
        }
    }

    static void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
