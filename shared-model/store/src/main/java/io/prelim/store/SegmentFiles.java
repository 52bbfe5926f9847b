package io.prelim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log's folder: {@code <number>.active} may still be written, {@code <number>.sealed} never again, {@code <number>.spare} is
 * full of zeros and in no use (counted from 1), {@code 0.unfinished} is being filled with them; an empty {@code <number>.dropped}
 * says that a second copy may still have the segment, {@code id} what the copy calls this log. Names are numbers only.
 */
final class SegmentFiles implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(\\d{16})\\.(active|sealed)");

    private static final Pattern DROPPED = Pattern.compile("(\\d{16})\\.dropped");

    private static final String SPARE = "spare";
    private static final String ID = "id";

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
        SegmentFiles files = new SegmentFiles(directory, channel);
        for (long segment : files.dropped()) {
            Files.deleteIfExists(files.path(segment, "sealed")); // a crash came between the two
        }
        return files;
    }

    /** What the second copy calls this log; empty when there never was one. */
    Optional<UUID> id() throws IOException {
        Path file = directory.resolve(ID);
        return Files.exists(file)
                ? Optional.of(UUID.fromString(Files.readString(file).strip()))
                : Optional.empty();
    }

    /** Durable when this returns. */
    void name(UUID id) throws IOException {
        Path file = directory.resolve(ID + ".new");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(id.toString().getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(file, directory.resolve(ID), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Segments by number, to whether they are sealed. */
    NavigableMap<Long, Boolean> list() throws IOException {
        NavigableMap<Long, Boolean> segments = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    segments.put(Long.parseLong(name.group(1)), name.group(2).equals("sealed"));
                }
            }
        }
        return segments;
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

    /** For reading, whichever state it is in or comes to meanwhile. */
    FileChannel openForReading(long segment) throws IOException {
        try {
            return FileChannel.open(find(segment), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return FileChannel.open(find(segment), StandardOpenOption.READ); // sealed since it was found
        }
    }

    Path active(long segment) {
        return path(segment, "active");
    }

    /** How many spares of this size an earlier process left; others are removed. */
    int spares(long bytes) throws IOException {
        Files.deleteIfExists(unfinishedSpare());
        int found = 0;
        while (Files.exists(path(found + 1, SPARE)) && Files.size(path(found + 1, SPARE)) == bytes) {
            found++;
        }
        for (int other = found + 1; Files.exists(path(other, SPARE)); other++) {
            Files.delete(path(other, SPARE));
        }
        return found;
    }

    Path unfinishedSpare() {
        return path(0, "unfinished");
    }

    void finishSpare(int spare) throws IOException {
        Files.move(unfinishedSpare(), path(spare, SPARE), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    /** Makes a spare the file of a segment, durably. */
    void useSpare(int spare, long segment) throws IOException {
        Files.move(path(spare, SPARE), active(segment), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    void removeSpare(int spare) throws IOException {
        Files.deleteIfExists(path(spare, SPARE));
    }

    /** An empty file, its name durable. */
    FileChannel create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            syncDirectory();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** Goes on with a segment of an earlier process. */
    ActiveSegment resume(long segment, long size, long end) throws IOException {
        return new ActiveSegment(segment, size, open(segment), end);
    }

    FileChannel open(long segment) throws IOException {
        return FileChannel.open(active(segment), StandardOpenOption.WRITE);
    }

    /** Not synced: a crash that undoes the name leaves an active segment that is not the last, which is sealed at the next start. */
    void seal(long segment) throws IOException {
        Files.move(active(segment), path(segment, "sealed"), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Forgets a sealed segment for good; one that is gone already is no fault. Where there is a second copy, that it was dropped is
     * durable before it is.
     */
    void drop(long segment) throws IOException {
        if (Files.exists(path(segment, "sealed")) && id().isPresent()) {
            create(path(segment, "dropped")).close();
        }
        Files.deleteIfExists(path(segment, "sealed"));
        syncDirectory();
    }

    /** Segments that were dropped and that a second copy may still have. */
    NavigableSet<Long> dropped() throws IOException {
        NavigableSet<Long> segments = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Matcher name = DROPPED.matcher(file.getFileName().toString());
                if (name.matches()) {
                    segments.add(Long.parseLong(name.group(1)));
                }
            }
        }
        return segments;
    }

    void forgetDropped(long segment) throws IOException {
        Files.deleteIfExists(path(segment, "dropped"));
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
