package io.prelim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log's folder: {@code <number>.active} may still be written, {@code <number>.sealed} never again, {@code <number>.spare} is
 * being made ready. Names are numbers only.
 */
final class SegmentFiles implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(\\d{16})\\.(active|sealed|spare)");
    /** Synced as they are written: 128 MiB at once would make every sync of the active segment wait behind them. */
    private static final int SYNC_EVERY = 4 << 20;

    private static final int ZEROS = 1 << 20;

    private final Path directory;
    private final FileChannel lockFile;

    private SegmentFiles(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /** @throws IOException also when another process has the folder */
    static SegmentFiles open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("the segment folder " + directory + " belongs to another process");
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("the segment folder " + directory + " is open already", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new SegmentFiles(directory, channel);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Segments by number, to whether they are sealed. */
    NavigableMap<Long, Boolean> list() throws IOException {
        NavigableMap<Long, Boolean> segments = new TreeMap<>();
        for (Path file : files()) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches() && !name.group(2).equals("spare")) {
                segments.put(Long.parseLong(name.group(1)), name.group(2).equals("sealed"));
            }
        }
        return segments;
    }

    /** Spares of an earlier process. */
    void removeSpares() throws IOException {
        for (Path file : files()) {
            if (file.getFileName().toString().endsWith(".spare")) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** The segment's file, whichever state it is in. */
    Path find(long segment) throws NoSuchFileException {
        Path sealed = path(segment, "sealed");
        if (Files.exists(sealed)) {
            return sealed;
        }
        Path active = path(segment, "active");
        if (Files.exists(active)) {
            return active;
        }
        if (Files.exists(sealed)) { // sealed between the two looks
            return sealed;
        }
        throw new NoSuchFileException("segment " + segment);
    }

    Path active(long segment) {
        return path(segment, "active");
    }

    /** Makes a segment file of its full size, synced, not yet in use. */
    void prepare(long segment, long bytes, boolean zeros) throws IOException {
        Path spare = path(segment, "spare");
        try (FileChannel channel = FileChannel.open(
                spare, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            if (zeros) {
                ByteBuffer block = ByteBuffer.allocateDirect(ZEROS);
                long left = bytes;
                while (left > 0) {
                    block.clear().limit((int) Math.min(block.capacity(), left));
                    left -= channel.write(block);
                    if (left % SYNC_EVERY == 0) {
                        channel.force(false);
                    }
                }
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(spare);
            throw e;
        }
    }

    /** Takes a prepared segment into use. */
    FileChannel activate(long segment) throws IOException {
        Files.move(path(segment, "spare"), active(segment), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
        return FileChannel.open(active(segment), StandardOpenOption.WRITE);
    }

    /** Goes on with a segment of an earlier process. */
    ActiveSegment resume(long segment, long size, long end) throws IOException {
        return new ActiveSegment(segment, size, FileChannel.open(active(segment), StandardOpenOption.WRITE), end);
    }

    void seal(long segment) throws IOException {
        Files.move(active(segment), path(segment, "sealed"), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    /** Forgets a sealed segment for good; one that is gone already is no fault. */
    void drop(long segment) throws IOException {
        Files.deleteIfExists(path(segment, "sealed"));
        syncDirectory();
    }

    private void syncDirectory() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private Path path(long segment, String state) {
        return directory.resolve(String.format("%016d.%s", segment, state));
    }
}
