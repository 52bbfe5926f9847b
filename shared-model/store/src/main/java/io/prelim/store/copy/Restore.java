package io.prelim.store.copy;

import io.prelim.store.RestoredSegments;
import io.prelim.store.RestoredSegments.Restored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Gives a volume that has no log the one that a copy has, for the ordinary recovery to read. Every record is read once on the way. */
public final class Restore {
    private static final int TRIES = 5;
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    /** What is told while it goes on, from several threads. */
    public interface Watch {
        /** @param gaps bytes that were in the log and are not in the copy, as far as their neighbours tell */
        void restored(long segment, Restored restored, long gaps);
    }

    private final CopyStore store;
    private final CopyKeys keys;
    private final CopySettings settings;
    private final Watch watch;

    public Restore(CopyStore store, UUID id, CopySettings settings, Watch watch) {
        this.store = store;
        this.keys = new CopyKeys(id);
        this.settings = settings;
        this.watch = watch;
    }

    /**
     * Fills the folder, unless this was done before.
     *
     * @param directory of the log
     * @return whether segments came; false when the folder has this very log already
     * @throws java.nio.file.FileAlreadyExistsException when it has another one
     * @throws IOException when the copy has no such log, or is not reached: nothing is changed then, and it can be tried again
     */
    public boolean into(Path directory) throws IOException {
        if (RestoredSegments.id(directory).filter(keys.id()::equals).isPresent()) {
            return false;
        }
        RestoredSegments target = RestoredSegments.begin(directory);
        List<Long> segments = segments();
        if (segments.isEmpty()) {
            throw new IOException("there is no copy of the log " + keys.id() + "; there are copies of " + folders());
        }
        ExecutorService pool = Executors.newFixedThreadPool(settings.concurrency(), work -> {
            Thread thread = new Thread(work, "store-restore");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> all = new ArrayList<>();
            for (long segment : segments) {
                all.add(pool.submit(() -> {
                    segment(target, segment);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                await(each);
            }
        } finally {
            pool.shutdownNow();
        }
        target.complete(keys.id());
        return true;
    }

    private List<String> folders() throws IOException {
        return retried(store::folders);
    }

    private List<Long> segments() throws IOException {
        List<Long> segments = new ArrayList<>();
        OptionalLong next = retried(() -> keys.segmentAfter(store, 0));
        while (next.isPresent()) {
            long segment = next.getAsLong();
            segments.add(segment);
            next = retried(() -> keys.segmentAfter(store, segment));
        }
        return segments;
    }

    private void segment(RestoredSegments target, long segment) throws IOException {
        List<Range> ranges = retried(() -> keys.ranges(store, segment));
        NavigableSet<Long> places = new TreeSet<>();
        List<Range> written = new ArrayList<>();
        long end = 0;
        for (Range range : ranges) {
            end = Math.max(end, range.to());
            ByteBuffer bytes = ByteBuffer.allocate((int) range.bytes());
            if (retried(() -> store.get(keys.of(range), bytes.clear()))) {
                target.write(segment, range.from(), bytes.flip());
                places.add(range.from());
                written.add(range);
            }
        }
        if (written.isEmpty()) {
            return;
        }
        long gaps = Range.missing(segment, end, written).stream()
                .mapToLong(Range::bytes)
                .sum();
        watch.restored(segment, target.finish(segment, places), gaps);
    }

    private interface Ask<T> {
        T ask() throws IOException;
    }

    private static <T> T retried(Ask<T> ask) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return ask.ask();
            } catch (CopyFailed e) {
                if (tries == TRIES) {
                    throw e;
                }
                SecondCopy.pause(PAUSE);
            }
        }
    }

    private static void await(Future<?> work) throws IOException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException("not restored", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a log was restored", e);
        }
    }
}
