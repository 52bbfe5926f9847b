package io.prelim.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
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
    private static final int PIECE = 256 << 10;
    private static final long FREE_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final StoreSettings settings;
    private final Disk disk;
    private final SegmentFiles files;
    private final SpareSegments spares;
    private final SegmentWriter writer;
    private final LogCopy copy;
    private volatile long usableBytes;
    private volatile long freeSeen;

    private SegmentLog(
            StoreSettings settings,
            Disk disk,
            SegmentFiles files,
            SpareSegments spares,
            SegmentWriter writer,
            LogCopy copy)
            throws IOException {
        this.settings = settings;
        this.disk = disk;
        this.files = files;
        this.spares = spares;
        this.writer = writer;
        this.copy = copy;
        this.usableBytes = disk.usableBytes(settings.directory());
        this.freeSeen = System.nanoTime();
    }

    /**
     * Opens the log of a folder, which it makes if absent. Segments a crash left unsealed are read to their last whole record: where only zeros follow
     * appending goes on, otherwise the segment is sealed with its bytes as they are.
     *
     * @throws IOException when the folder cannot be used, or is another process's
     */
    public static SegmentLog open(StoreSettings settings, Clock clock) throws IOException {
        return open(settings, clock, LogCopy.NONE);
    }

    /** @param copy gets all that is appended; started here, and closed with the log */
    public static SegmentLog open(StoreSettings settings, Clock clock, LogCopy copy) throws IOException {
        return open(settings, clock, Disk.REAL, copy);
    }

    static SegmentLog open(StoreSettings settings, Clock clock, Disk disk) throws IOException {
        return open(settings, clock, disk, LogCopy.NONE);
    }

    static SegmentLog open(StoreSettings settings, Clock clock, Disk disk, LogCopy copy) throws IOException {
        SegmentFiles files = SegmentFiles.open(settings.directory());
        try {
            NavigableMap<Long, Boolean> segments = files.list();
            ActiveSegment tail = tail(settings, files, segments);
            long last = segments.isEmpty() ? 0 : segments.lastKey();
            SpareSegments spares = SpareSegments.start(settings, disk, files);
            SegmentWriter writer = SegmentWriter.start(settings, clock, disk, files, spares, copy, tail, last);
            SegmentLog log = new SegmentLog(settings, disk, files, spares, writer, copy);
            copy.start(log);
            return log;
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
            WalkedSegment found = SegmentScan.scan(files.active(number), number, 0, true, part -> {});
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
     *     Completed on the writer thread or the copy's: do nothing slow there
     */
    public CompletableFuture<List<Location>> append(List<NewPart> parts) {
        if (!copy.taking()) {
            return CompletableFuture.failedFuture(
                    new StoreException.NotCopied("the second copy cannot be made now", null));
        }
        try {
            long bytes =
                    parts.stream().mapToLong(part -> part.content().length()).sum();
            long free = usableBytes();
            if (free - bytes < settings.minFreeBytes() && spares.giveBack()) {
                free = lookAtUsableBytes();
            }
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

    /** Whether a read failed because the device does not give its bytes (EIO, which reaches Java as text only). */
    public static boolean unreadable(IOException fault) {
        return String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT).contains("input/output error");
    }

    /** Whether there are as many bytes as the location says, whatever they are. */
    public boolean holds(Location location) {
        try {
            return Files.size(files.find(location.segment())) >= location.offset() + location.length();
        } catch (IOException e) {
            return false;
        }
    }

    /** Tells of every whole part of every segment, oldest first. Parts being written while it runs may be missing. */
    public void forEachPart(Consumer<StoredPart> found) throws IOException {
        walk(LogPosition.START, found::accept);
    }

    /**
     * Walks the log from a place between two records to its end, and checks each content against its digest. Segments that are
     * gone are passed over. Parts being written while it runs may be missing.
     *
     * @throws IOException when a file cannot be read, or the visitor throws it; damage is told to the visitor
     */
    public void walk(LogPosition from, LogVisitor visitor) throws IOException {
        walk(from, Long.MAX_VALUE, visitor);
    }

    /** The same, to the end of one of its segments. */
    public void walk(LogPosition from, long last, LogVisitor visitor) throws IOException {
        if (from.segment() > last) {
            return;
        }
        for (long number : files.list().subMap(from.segment(), true, last, true).keySet()) {
            long offset = number == from.segment() ? from.offset() : 0;
            visitor.begins(number);
            visitor.walked(SegmentScan.scan(files.find(number), number, offset, true, visitor));
        }
    }

    /** Walks one segment. @param contents whether digests are looked at, which reads all of it */
    public WalkedSegment walk(long segment, boolean contents, LogVisitor visitor) throws IOException {
        return SegmentScan.scan(files.find(segment), segment, 0, contents, visitor);
    }

    /** What lies on disk, oldest first. */
    public List<SegmentFile> segments() throws IOException {
        List<SegmentFile> segments = new ArrayList<>();
        for (Map.Entry<Long, Boolean> entry : files.list().entrySet()) {
            try {
                long bytes = Files.size(files.find(entry.getKey()));
                segments.add(new SegmentFile(entry.getKey(), bytes, entry.getValue()));
            } catch (NoSuchFileException e) {
                // dropped since the folder was read
            }
        }
        return segments;
    }

    /** Behind all that was answered as stored; what was appended before a call lies before it or was not answered yet. */
    public LogPosition end() {
        return writer.end();
    }

    /**
     * Seals the segment that is written, so that it can be dropped, and begins the next one.
     *
     * @return the last segment that is sealed then; 0 when there is none
     */
    public CompletableFuture<Long> seal() {
        return writer.sealBefore(1).thenApply(none -> writer.end().segment() - 1);
    }

    /**
     * Goes on in a segment of this number or a later one, so that no place before it is written again: for an index that names
     * places which the log has lost.
     */
    public CompletableFuture<Void> beginAt(long segment) {
        return writer.sealBefore(segment).thenApply(none -> null);
    }

    /**
     * Appends parts again as they are, together, such as to drop the segment that they lie in. Until that is dropped they are
     * stored twice.
     *
     * @param parts of one segment, found whole
     * @return their new locations, in order, once they are durable
     */
    public CompletableFuture<List<Location>> copy(List<StoredPart> parts) throws IOException {
        FileChannel segment =
                FileChannel.open(files.find(parts.get(0).location().segment()), StandardOpenOption.READ);
        return append(parts.stream()
                        .map(part -> new NewPart(
                                part.partId(),
                                part.studyKey(),
                                part.partClass(),
                                part.instanceUid(),
                                part.annotation(),
                                part.digest(),
                                Content.of(
                                        segment,
                                        part.location().offset(),
                                        part.location().length())))
                        .toList())
                .whenComplete((locations, fault) -> close(segment));
    }

    /**
     * Deletes a sealed segment with all that lies in it. Streams that were opened before read on. A second copy follows, see
     * {@link #dropped}.
     */
    public void drop(long segment) throws IOException {
        files.drop(segment);
        copy.dropped(segment);
    }

    /** Segments that were dropped and that a second copy may still have; kept across restarts. */
    public NavigableSet<Long> dropped() throws IOException {
        return files.dropped();
    }

    /** The second copy has nothing of a dropped segment any more. */
    public void forgetDropped(long segment) throws IOException {
        files.forgetDropped(segment);
    }

    /** What the second copy calls this log; empty when it never had one. */
    public Optional<UUID> id() throws IOException {
        return files.id();
    }

    /** Names a log that has no name; durable when this returns. */
    public void name(UUID id) throws IOException {
        if (files.id().isPresent()) {
            throw new IllegalStateException("the log has a name");
        }
        files.name(id);
    }

    /**
     * Bytes of a segment as they are, records and all, the last one's padding included.
     *
     * @param target filled from its position to its limit
     * @throws NoSuchFileException when the segment is gone
     * @throws java.io.EOFException when it ends before
     */
    public void read(long segment, long offset, ByteBuffer target) throws IOException {
        try (FileChannel channel = files.openForReading(segment)) {
            int end = target.limit();
            long at = offset;
            while (target.position() < end) {
                target.limit(Math.min(end, target.position() + PIECE)); // the JDK keeps a buffer as large beside it
                int read = channel.read(target, at);
                if (read < 0 && end - target.position() >= RecordHeader.ALIGNMENT) {
                    throw new EOFException("segment " + segment + " ends at " + at);
                }
                while (read < 0 && target.hasRemaining()) {
                    target.put((byte) 0); // a last record's padding is not written
                }
                at += Math.max(0, read);
            }
        }
    }

    /** Whom to tell when a write or a sync failed; on the writer thread, so that nothing slow may be done there. */
    public void onFailure(Consumer<SegmentFailure> listener) {
        writer.onFailure(listener);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("segment not closed after a copy; reason={}", e.toString());
        }
    }

    /** Free bytes on the volume, at most 100 ms old; spare segments are free, too. */
    public long freeBytes() throws IOException {
        return usableBytes() + spares.bytes();
    }

    private long usableBytes() throws IOException {
        long now = System.nanoTime();
        return now - freeSeen > FREE_LOOK_NANOS ? lookAtUsableBytes() : usableBytes;
    }

    private long lookAtUsableBytes() throws IOException {
        usableBytes = disk.usableBytes(settings.directory());
        freeSeen = System.nanoTime();
        return usableBytes;
    }

    /** Whether an append would be tried now: open, above the watermark, and the second copy is reached. */
    public boolean writable() {
        try {
            return writer.running() && copy.taking() && freeBytes() >= settings.minFreeBytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** Appends waiting for the writer. */
    public int waiting() {
        return writer.waiting();
    }

    /** Segments that are ready for a burst, see {@link StoreSettings#spareSegments()}. */
    public int spareSegments() {
        return spares.ready();
    }

    /** Answers what waits, then ends. */
    @Override
    public void close() {
        writer.close();
        copy.close();
        spares.close();
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("segment folder not released; reason={}", e.toString());
        }
    }
}
