package io.prelim.store.copy;

import io.prelim.store.LogPosition;
import io.prelim.store.SegmentFile;
import io.prelim.store.SegmentLog;
import io.prelim.store.WalkedSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Beside the groups as they come, one thing after the other: opens the copy, puts what failed, deletes what was dropped, and compares older
 * segments, the youngest first. What fails is tried again until it is done; a try that succeeds ends an outage.
 */
final class CatchUp {
    /** A range whose bytes the volume does not give is tried in pieces down to this. */
    private static final int SMALLEST = 64 << 10;

    private final SegmentLog log;
    private final CopyStore store;
    private final CopyKeys keys;
    private final CopySettings settings;
    private final Coverage coverage;
    private final Reach reach;
    private final CopyWatch watch;
    private final ByteBuffer buffer;
    private final Thread thread;
    private final Queue<Long> dropped = new ArrayDeque<>();
    private boolean toldComplete = true;
    private boolean closed;

    CatchUp(
            SegmentLog log,
            CopyStore store,
            CopyKeys keys,
            CopySettings settings,
            Coverage coverage,
            Reach reach,
            CopyWatch watch)
            throws IOException {
        this.log = log;
        this.store = store;
        this.keys = keys;
        this.settings = settings;
        this.coverage = coverage;
        this.reach = reach;
        this.watch = watch;
        this.buffer = ByteBuffer.allocate(settings.objectBytes());
        dropped.addAll(log.dropped());
        thread = new Thread(this::run, "store-copy-catch-up");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void drop(long segment) {
        coverage.dropped(segment);
        dropped.add(segment);
        notifyAll();
    }

    synchronized int deletionsWaiting() {
        return dropped.size();
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        SecondCopy.join(thread);
    }

    private void run() {
        while (!isClosed()) {
            boolean goOn;
            try {
                goOn = step();
            } catch (IOException | RuntimeException e) {
                String reason = e instanceof CopyFailed ? e.getMessage() : e.toString();
                watch.failed(reason);
                if (!reach.opened()) {
                    reach.lost(reason);
                }
                goOn = false;
            }
            if (!goOn) {
                rest();
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void rest() {
        if (!closed) {
            SecondCopy.await(this, settings.retryEvery().toMillis());
        }
    }

    /** @return whether there is more to be done at once */
    private boolean step() throws IOException {
        if (!reach.opened()) {
            open();
            return true;
        }
        Optional<Range> behind = coverage.nextBehind();
        if (behind.isPresent()) {
            put(behind.get());
            return true;
        }
        reach.succeeded(); // what failed is copied, or gone with its segment
        if (deleteNext()) {
            return true;
        }
        OptionalLong unchecked = coverage.nextUnchecked();
        if (unchecked.isPresent()) {
            check(unchecked.getAsLong());
            return true;
        }
        if (!toldComplete) {
            toldComplete = true;
            watch.caughtUp();
        }
        return false;
    }

    /** No place that the copy knows is written again, and no segment that an earlier process wrote is written on. */
    private void open() throws IOException {
        LogPosition end = log.end();
        long next = end.offset() == 0 ? end.segment() : end.segment() + 1;
        for (OptionalLong taken = keys.segmentAfter(store, next - 1);
                taken.isPresent();
                taken = keys.segmentAfter(store, next - 1)) {
            next = taken.getAsLong() + 1;
        }
        if (next > end.segment()) {
            log.beginAt(next).join();
        }
        TreeSet<Long> all =
                log.segments().stream().map(SegmentFile::number).collect(Collectors.toCollection(TreeSet::new));
        coverage.opened(all.headSet(next));
        reach.open();
        watch.opened(keys.id());
    }

    private void put(Range range) throws IOException {
        toldComplete = false;
        try {
            log.read(range.segment(), range.from(), buffer.clear().limit((int) range.bytes()));
        } catch (NoSuchFileException e) {
            coverage.dropped(range.segment());
            return;
        } catch (IOException e) {
            if (range.bytes() > SMALLEST) {
                coverage.split(range, Math.max(SMALLEST, (int) (range.bytes() / 2)));
            } else {
                coverage.unreadable(range);
                watch.unreadable(range.segment(), range.from(), range.to(), e.toString());
            }
            return;
        }
        long begin = System.nanoTime();
        store.put(keys.of(range), buffer.flip(), settings.deadline());
        watch.put(range.bytes(), Duration.ofNanos(System.nanoTime() - begin));
        coverage.copied(range);
        reach.succeeded();
    }

    /** A second look must find nothing: what was put while the first one ran is seen then. */
    private boolean deleteNext() throws IOException {
        Long segment = peekDropped();
        if (segment == null) {
            return false;
        }
        List<CopyStore.Entry> left = keys.entries(store, segment);
        if (!left.isEmpty()) {
            store.delete(left.stream().map(CopyStore.Entry::key).toList());
            rest();
            return true;
        }
        log.forgetDropped(segment);
        forgotten();
        watch.deleted(segment);
        return true;
    }

    private synchronized Long peekDropped() {
        return dropped.peek();
    }

    private synchronized void forgotten() {
        dropped.remove();
    }

    private void check(long segment) throws IOException {
        long end;
        try {
            end = end(segment);
        } catch (NoSuchFileException e) {
            coverage.dropped(segment);
            return;
        }
        List<Range> covered = keys.ranges(store, segment);
        List<Range> lacking = end == 0 ? List.of() : Range.missing(segment, end, covered);
        long bytes = lacking.stream().mapToLong(Range::bytes).sum();
        if (bytes > 0) {
            toldComplete = false;
            watch.behind(segment, bytes);
        }
        coverage.checked(
                segment,
                lacking.stream()
                        .flatMap(range -> range.split(settings.objectBytes()).stream())
                        .toList(),
                covered.stream().anyMatch(range -> range.to() > end));
    }

    /** Where what is to be copied ends; behind a damaged header there may be more than a walk can tell. */
    private long end(long segment) throws IOException {
        WalkedSegment walked = log.walk(segment, false, part -> {});
        if (walked.clean()) {
            return walked.end();
        }
        return log.segments().stream()
                .filter(file -> file.number() == segment)
                .mapToLong(SegmentFile::bytes)
                .findFirst()
                .orElseThrow(() -> new NoSuchFileException("segment " + segment));
    }
}
