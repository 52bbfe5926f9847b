package io.prelim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments full of zeros, made ready while nobody appends: a sync in one changes no metadata of the file system and its pages are
 * in memory already, so that a burst is taken at the disk's own rate. When a burst outlasts them, segments grow as they are
 * written. Safe for use by many threads.
 */
final class SpareSegments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpareSegments.class);
    /** A pause of the senders as long as this is taken for the end of a burst. */
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Written and synced at a time: what an append that comes meanwhile may have to wait behind. */
    private static final int STEP = 4 << 20;

    private final StoreSettings settings;
    private final Disk disk;
    private final SegmentFiles files;
    private final Thread thread;
    private int ready;
    private boolean closed;
    private volatile long lastAppend = System.nanoTime() - IDLE_NANOS;

    private SpareSegments(StoreSettings settings, Disk disk, SegmentFiles files, int ready) {
        this.settings = settings;
        this.disk = disk;
        this.files = files;
        this.ready = ready;
        this.thread = new Thread(this::run, "store-spare");
        this.thread.setDaemon(true);
    }

    /** Takes over what an earlier process had made ready. */
    static SpareSegments start(StoreSettings settings, Disk disk, SegmentFiles files) throws IOException {
        SpareSegments spares = new SpareSegments(settings, disk, files, files.spares(settings.segmentBytes()));
        if (settings.spareSegments() > 0) {
            spares.thread.start();
        }
        return spares;
    }

    /** Tells that senders are at work. */
    void appending() {
        lastAppend = System.nanoTime();
    }

    synchronized int ready() {
        return ready;
    }

    /** Of the volume, given back when an append needs them. */
    synchronized long bytes() {
        return ready * settings.segmentBytes();
    }

    /**
     * Makes a spare the segment of this number.
     *
     * @return whether there was one
     */
    synchronized boolean take(long segment) throws IOException {
        if (ready == 0) {
            return false;
        }
        int spare = ready--; // whatever becomes of it: one that could not be used is not asked for again
        notifyAll();
        files.useSpare(spare, segment);
        return true;
    }

    /**
     * Removes all, for their space.
     *
     * @return whether there were any
     */
    synchronized boolean giveBack() throws IOException {
        boolean any = ready > 0;
        for (; ready > 0; ready--) {
            files.removeSpare(ready);
        }
        return any;
    }

    private void run() {
        try {
            while (awaitNeed()) {
                fill();
            }
        } catch (IOException e) {
            LOG.warn("no more spare segments are made until the next start; reason={}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when there will be none. */
    private synchronized boolean awaitNeed() throws IOException, InterruptedException {
        while (!closed && (ready >= settings.spareSegments() || !room(settings.segmentBytes()))) {
            wait(TimeUnit.SECONDS.toMillis(10));
        }
        return !closed;
    }

    /** A spare takes nothing that an object may need. */
    private boolean room(long bytes) throws IOException {
        return disk.usableBytes(settings.directory()) - bytes > 2 * settings.minFreeBytes();
    }

    private void fill() throws IOException, InterruptedException {
        Path file = files.unfinishedSpare();
        boolean whole = false;
        try (FileChannel channel = files.create(file)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(STEP);
            long left = settings.segmentBytes();
            while (left > 0 && awaitIdle() && room(left)) {
                zeros.clear().limit((int) Math.min(STEP, left));
                left -= channel.write(zeros);
                channel.force(true);
            }
            whole = left == 0;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        if (whole) {
            finished();
        }
    }

    private synchronized void finished() throws IOException {
        files.finishSpare(ready + 1);
        ready++;
    }

    /** False when there is nothing more to be done. */
    private synchronized boolean awaitIdle() throws InterruptedException {
        long since = System.nanoTime() - lastAppend;
        while (!closed && since < IDLE_NANOS) {
            wait(TimeUnit.NANOSECONDS.toMillis(IDLE_NANOS - since) + 1);
            since = System.nanoTime() - lastAppend;
        }
        return !closed;
    }

    /** Spares stay for the next process. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
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
