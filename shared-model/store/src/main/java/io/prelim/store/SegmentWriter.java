package io.prelim.store;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes: takes what waits, writes it, syncs once, answers. */
final class SegmentWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    /** A sync is not put off for more than this, so that the first of a group does not wait for the last. */
    private static final long GROUP_BYTES = 16L << 20;

    private static final Append END = new Append(List.of(), new CompletableFuture<>(), 0);

    /** @param sealBefore nothing to append: the segment is to be sealed, and the next one's number is at least this; else 0 */
    private record Append(List<NewPart> parts, CompletableFuture<List<Location>> answer, long sealBefore) {
        long bytes() {
            return parts.stream().mapToLong(part -> part.content().length()).sum();
        }

        /** Bytes its records take at most. */
        long recordBytes() {
            return parts.stream()
                    .mapToLong(part -> RecordHeader.recordBytes(
                            RecordHeader.MAX_BYTES, part.content().length()))
                    .sum();
        }
    }

    private record Written(Append append, List<Location> locations) {}

    private final StoreSettings settings;
    private final Clock clock;
    private final Disk disk;
    private final SegmentFiles files;
    private final SpareSegments spares;
    private final LogCopy copy;
    private final BlockingQueue<Append> queue;
    private final Thread thread;
    private volatile boolean closed;
    private volatile LogPosition end;
    private volatile Consumer<SegmentFailure> failed = failure -> {};

    // the writer thread's own
    private final List<Written> unsynced = new ArrayList<>();
    private ActiveSegment active;
    /** Offset in the active segment behind what was synced. */
    private long synced;

    private long lastNumber;

    private SegmentWriter(
            StoreSettings settings,
            Clock clock,
            Disk disk,
            SegmentFiles files,
            SpareSegments spares,
            LogCopy copy,
            ActiveSegment tail,
            long lastNumber) {
        this.settings = settings;
        this.clock = clock;
        this.disk = disk;
        this.files = files;
        this.spares = spares;
        this.copy = copy;
        this.active = tail;
        this.synced = tail == null ? 0 : tail.end();
        this.lastNumber = lastNumber;
        this.end = tail == null ? new LogPosition(lastNumber + 1, 0) : new LogPosition(tail.number(), tail.end());
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity());
        this.thread = new Thread(this::run, "store-writer");
        this.thread.setDaemon(true);
    }

    /**
     * @param tail the segment to go on with, or null
     * @param lastNumber the highest segment number in use, 0 when none
     */
    static SegmentWriter start(
            StoreSettings settings,
            Clock clock,
            Disk disk,
            SegmentFiles files,
            SpareSegments spares,
            LogCopy copy,
            ActiveSegment tail,
            long lastNumber) {
        SegmentWriter writer = new SegmentWriter(settings, clock, disk, files, spares, copy, tail, lastNumber);
        writer.thread.start();
        return writer;
    }

    CompletableFuture<List<Location>> submit(List<NewPart> parts) {
        return submit(new Append(List.copyOf(parts), new CompletableFuture<>(), 0));
    }

    /** Seals the segment that is written, and begins one of this number or a later one; answered when that is done. */
    CompletableFuture<List<Location>> sealBefore(long next) {
        return submit(new Append(List.of(), new CompletableFuture<>(), next));
    }

    private CompletableFuture<List<Location>> submit(Append append) {
        if (closed) {
            append.answer().completeExceptionally(new StoreException.Closed());
            return append.answer();
        }
        try {
            if (!queue.offer(append, settings.queueTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                append.answer()
                        .completeExceptionally(new StoreException.Busy(
                                settings.queueCapacity() + " appends wait, and did for " + settings.queueTimeout()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            append.answer().completeExceptionally(new StoreException.Busy("interrupted while waiting for the queue"));
        }
        if (closed && !thread.isAlive() && queue.remove(append)) {
            append.answer().completeExceptionally(new StoreException.Closed());
        }
        return append.answer();
    }

    boolean running() {
        return !closed && thread.isAlive();
    }

    int waiting() {
        return queue.size();
    }

    /** Behind all that was answered as stored. */
    LogPosition end() {
        return end;
    }

    void onFailure(Consumer<SegmentFailure> listener) {
        failed = listener;
    }

    /** Waits for the writer to end; an interrupt of the caller is kept for after. */
    void close() {
        closed = true;
        boolean interrupted = false;
        boolean told = false;
        while (thread.isAlive()) {
            try {
                told = told || queue.offer(END, 100, TimeUnit.MILLISECONDS);
                thread.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        for (Append left = queue.poll(); left != null; left = queue.poll()) {
            left.answer().completeExceptionally(new StoreException.Closed());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean ended = false;
        while (!ended) {
            Append next = take();
            long bytes = 0;
            while (next != null) {
                if (next == END) {
                    ended = true;
                } else if (next.sealBefore() > 0) {
                    seal(next);
                } else {
                    bytes += next.bytes();
                    write(next);
                }
                next = bytes < GROUP_BYTES ? queue.poll() : null;
            }
            sync();
        }
        release();
    }

    private Append take() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt this thread: an interrupt inside a channel call would close the
                // channel
                LOG.warn("the store's writer was interrupted and goes on");
            }
        }
    }

    private void write(Append append) {
        spares.appending();
        List<Location> locations = new ArrayList<>(append.parts().size());
        try {
            ActiveSegment segment = segmentFor(append);
            long before = segment.end();
            try {
                for (NewPart part : append.parts()) {
                    locations.add(segment.append(part, clock.instant()));
                }
            } catch (IOException | RuntimeException e) {
                segment.cutAt(before);
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            append.answer().completeExceptionally(failure(e));
            if (!full(e)) {
                abandon(e);
            }
            return;
        }
        unsynced.add(new Written(append, List.copyOf(locations)));
    }

    /** One for all parts of an append: what belongs together lies together, and is dropped together. */
    private ActiveSegment segmentFor(Append append) throws IOException {
        if (active != null && active.fits(append.recordBytes())) {
            return active;
        }
        sync();
        if (active != null) {
            retire();
        }
        return begin(Math.max(settings.segmentBytes(), append.recordBytes()));
    }

    private ActiveSegment begin(long wanted) throws IOException {
        long number = lastNumber + 1;
        boolean prepared = wanted == settings.segmentBytes() && spares.take(number);
        active = new ActiveSegment(
                number, wanted, prepared ? files.open(number) : files.create(files.active(number)), 0);
        synced = 0;
        lastNumber = number;
        return active;
    }

    private void retire() throws IOException {
        ActiveSegment full = active;
        active = null;
        full.close();
        files.seal(full.number());
    }

    private void seal(Append seal) {
        sync();
        try {
            if (active != null && (active.end() > 0 || active.number() < seal.sealBefore())) {
                retire();
            }
            lastNumber = Math.max(lastNumber, seal.sealBefore() - 1);
            if (active == null && lastNumber > 0) {
                begin(settings.segmentBytes()); // so that no number is used twice, even if all before it is dropped
                end = new LogPosition(lastNumber, 0);
            }
            seal.answer().complete(List.of());
        } catch (IOException e) {
            seal.answer().completeExceptionally(failure(e));
        }
    }

    private void sync() {
        if (unsynced.isEmpty()) {
            return;
        }
        CompletableFuture<Void> copied = copy.copy(active.number(), synced, active.end());
        try {
            disk.sync(active.channel());
        } catch (IOException e) {
            abandon(e);
            return;
        }
        synced = active.end();
        end = new LogPosition(active.number(), synced);
        List<Written> durable = List.copyOf(unsynced);
        unsynced.clear();
        copied.whenComplete((none, fault) -> durable.forEach(written -> answer(written, fault)));
    }

    private static void answer(Written written, Throwable fault) {
        if (fault == null) {
            written.append().answer().complete(written.locations());
        } else {
            written.append()
                    .answer()
                    .completeExceptionally(new StoreException.NotCopied("the second copy was not made", fault));
        }
    }

    /** After a failed write or sync nobody knows what the disk holds: nothing is answered as stored, nor tried again here. */
    private void abandon(Exception cause) {
        List<Written> lost = List.copyOf(unsynced);
        unsynced.clear();
        lost.forEach(written -> written.append().answer().completeExceptionally(failure(cause)));
        long segment = active == null ? lastNumber + 1 : active.number();
        LOG.error("segment given up after a failure; segment={} reason={}", segment, cause.toString());
        if (active != null) {
            try {
                retire();
            } catch (IOException e) {
                LOG.error("segment not sealed; reason={}", e.toString());
            }
        }
        failed.accept(new SegmentFailure(segment, clock.instant(), cause.toString()));
    }

    private void release() {
        try {
            if (active != null) {
                active.close();
            }
        } catch (IOException e) {
            LOG.warn("segment not closed; reason={}", e.toString());
        }
    }

    private static StoreException failure(Exception cause) {
        if (cause instanceof StoreException known) {
            return known;
        }
        return full(cause)
                ? new StoreException.StorageFull("the volume is full", cause)
                : new StoreException.WriteFailed("the segment could not be written", cause);
    }

    /** ENOSPC and EDQUOT reach Java as text only. */
    private static boolean full(Exception cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof StoreException.StorageFull
                || message.contains("no space left")
                || message.contains("quota exceeded");
    }
}
