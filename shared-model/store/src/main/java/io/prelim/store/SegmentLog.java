package io.prelim.store;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of parts in segments on one volume. An append is answered after a sync that covers it; appends that come
 * while a sync runs share the next one. One thread writes and is never interrupted; readers have channels of their own.
 * Safe for use by many threads.
 */
public final class SegmentLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private static final long FREE_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final StoreSettings settings;
    private final Disk disk;
    private final SegmentFiles files;
    private final SegmentWriter writer;
    private volatile long freeBytes;
    private volatile long freeSeen;

    private SegmentLog(StoreSettings settings, Disk disk, SegmentFiles files, SegmentWriter writer) throws IOException {
        this.settings = settings;
        this.disk = disk;
        this.files = files;
        this.writer = writer;
        this.freeBytes = disk.usableBytes(settings.directory());
        this.freeSeen = System.nanoTime();
    }

    /**
     * Opens the log of a folder, which it makes if absent. Segments a crash left unsealed are read to their last whole record: where only zeros follow
     * appending goes on, otherwise the segment is sealed with its bytes as they are.
     *
     * @throws IOException when the folder cannot be used, or is another process's
     */
    public static SegmentLog open(StoreSettings settings, Clock clock) throws IOException {
        return open(settings, clock, Disk.REAL);
    }

    static SegmentLog open(StoreSettings settings, Clock clock, Disk disk) throws IOException {
        SegmentFiles files = SegmentFiles.open(settings.directory());
        try {
            NavigableMap<Long, Boolean> segments = files.list();
            ActiveSegment tail = tail(settings, files, segments);
            long last = segments.isEmpty() ? 0 : segments.lastKey();
            SegmentWriter writer = SegmentWriter.start(settings, clock, disk, files, tail, last);
            return new SegmentLog(settings, disk, files, writer);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static ActiveSegment tail(StoreSettings settings, SegmentFiles files, NavigableMap<Long, Boolean> segments)
            throws IOException {
        for (Map.Entry<Long, Boolean> entry : segments.entrySet()) {
            if (entry.getValue()) {
                continue;
            }
            long number = entry.getKey();
            SegmentScan.Result found = SegmentScan.scan(files.active(number), number, part -> {});
            LOG.info(
                    "segment reopened; segment={} records={} end={} clean={}",
                    number,
                    found.records(),
                    found.end(),
                    found.clean());
            if (found.clean() && number == segments.lastKey() && found.end() < settings.segmentBytes()) {
                return files.resume(number, settings.segmentBytes(), found.end());
            }
            files.seal(number);
        }
        return null;
    }

    /** As {@link #append(List)}, for one part. */
    public CompletableFuture<Location> append(NewPart part) {
        return append(List.of(part)).thenApply(locations -> locations.get(0));
    }

    /**
     * Appends parts in order, all or none answered.
     *
     * @return their locations, in order, once they are durable; else a {@link StoreException} and nothing counts as stored.
     *     Completed on the writer thread: do nothing slow there
     */
    public CompletableFuture<List<Location>> append(List<NewPart> parts) {
        try {
            long bytes =
                    parts.stream().mapToLong(part -> part.content().length()).sum();
            long free = freeBytes();
            if (free - bytes < settings.minFreeBytes()) {
                return CompletableFuture.failedFuture(new StoreException.StorageFull(
                        free + " bytes are free, " + bytes + " are needed above the " + settings.minFreeBytes()
                                + " that stay free",
                        null));
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new StoreException.WriteFailed("the volume does not say how much is free", e));
        }
        return writer.submit(parts);
    }

    /**
     * The bytes {@code from} (inclusive) to {@code to} (exclusive) of a part. The caller closes the stream. Reading may be
     * interrupted without harm to other readers.
     */
    public InputStream read(Location location, long from, long to) throws IOException {
        if (from < 0 || to < from || to > location.length()) {
            throw new IllegalArgumentException(
                    "bytes " + from + " to " + to + " of a part of " + location.length() + " bytes");
        }
        // not a channel: an interrupt would close that in the middle of a read
        RandomAccessFile file =
                new RandomAccessFile(files.find(location.segment()).toFile(), "r");
        try {
            file.seek(location.offset() + from);
            return new SliceStream(file, to - from);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The whole part. */
    public InputStream read(Location location) throws IOException {
        return read(location, 0, location.length());
    }

    /** Tells of every whole part of every segment, oldest first. Parts being written while it runs may be missing. */
    public void forEachPart(Consumer<StoredPart> found) throws IOException {
        for (long number : files.list().keySet()) {
            SegmentScan.scan(files.find(number), number, found);
        }
    }

    /** Free bytes on the volume, at most 100 ms old. */
    public long freeBytes() throws IOException {
        long now = System.nanoTime();
        if (now - freeSeen > FREE_LOOK_NANOS) {
            freeBytes = disk.usableBytes(settings.directory());
            freeSeen = now;
        }
        return freeBytes;
    }

    /** Whether an append would be tried now: open, and above the watermark. */
    public boolean writable() {
        try {
            return writer.running() && freeBytes() >= settings.minFreeBytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** Appends waiting for the writer. */
    public int waiting() {
        return writer.waiting();
    }

    /** Answers what waits, then ends. */
    @Override
    public void close() {
        writer.close();
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("segment folder not released; reason={}", e.toString());
        }
    }

    /** A bounded piece of a file, closed with it. */
    private static final class SliceStream extends FilterInputStream {
        private final RandomAccessFile file;
        private long left;

        SliceStream(RandomAccessFile file, long length) {
            super(InputStream.nullInputStream());
            this.file = file;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int read = file.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("a segment ends " + left + " bytes before its part");
            }
            left -= read;
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = Math.max(0, Math.min(count, left));
            file.seek(file.getFilePointer() + skipped);
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(left, Integer.MAX_VALUE);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
