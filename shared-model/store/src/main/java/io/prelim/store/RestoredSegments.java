package io.prelim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Segments that come back from a second copy into a folder that has none. They are gathered beside it and become the log's at once, when all
 * are there: what breaks off leaves nothing. Segments may be written side by side.
 */
public final class RestoredSegments {
    /**
     * A restored segment, as a walk finds it.
     *
     * @param damaged records whose bytes are not what they were
     * @param lost stretches between records that nothing is known of, as offsets: from, to, from, to…
     */
    public record Restored(WalkedSegment walked, List<StoredPart> damaged, List<Long> lost) {}

    private final Path directory;
    private final Path gathered;
    private final SegmentFiles files;

    private RestoredSegments(Path directory, Path gathered, SegmentFiles files) {
        this.directory = directory;
        this.gathered = gathered;
        this.files = files;
    }

    /** What the copy calls the log of a folder; empty when it has no name, or is not there. */
    public static Optional<UUID> id(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (SegmentFiles files = SegmentFiles.open(directory)) {
            return files.id();
        }
    }

    /**
     * Begins; what an earlier try left is removed.
     *
     * @param directory of the log
     * @throws FileAlreadyExistsException when it has segments or a name
     */
    public static RestoredSegments begin(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (SegmentFiles files = SegmentFiles.open(directory)) {
                if (!files.list().isEmpty() || files.id().isPresent()) {
                    throw new FileAlreadyExistsException(directory + " holds a log");
                }
            }
        }
        Path gathered = directory.resolveSibling(directory.getFileName() + ".restoring");
        clear(gathered);
        return new RestoredSegments(directory, gathered, SegmentFiles.open(gathered));
    }

    /** Writes bytes at their place. */
    public void write(long segment, long offset, ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(files.active(segment), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long at = offset;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }
    }

    /**
     * All that there is of a segment is written: reads it, bridges what is not there so that the records behind it are found, and makes it
     * durable. A bridge is a record whose content is not what its header says: damaged, and stepped over.
     *
     * @param places where records may begin, in order
     */
    public Restored finish(long segment, NavigableSet<Long> places) throws IOException {
        List<Long> lost = new ArrayList<>();
        while (true) {
            List<StoredPart> damaged = new ArrayList<>();
            WalkedSegment walked = SegmentScan.scan(files.active(segment), segment, 0, true, new LogVisitor() {
                @Override
                public void part(StoredPart part) {}

                @Override
                public void damaged(StoredPart part) {
                    damaged.add(part);
                }
            });
            long next = nextRecord(segment, walked.end(), places);
            if (next < 0) {
                damaged.removeIf(part -> lost.contains(part.location().offset() - RecordHeader.MIN_BYTES));
                seal(segment);
                return new Restored(walked, damaged, lost);
            }
            lost.add(walked.end());
            lost.add(next);
            bridge(segment, walked.end(), next);
        }
    }

    private long nextRecord(long segment, long end, NavigableSet<Long> places) throws IOException {
        for (long place : places.tailSet(end + RecordHeader.MIN_BYTES, true)) {
            if (SegmentScan.beginsRecord(files.active(segment), place)) {
                return place;
            }
        }
        return -1;
    }

    private void bridge(long segment, long from, long to) throws IOException {
        write(segment, from, RecordHeader.bridge(to - from));
    }

    private void seal(long segment) throws IOException {
        try (FileChannel channel = files.open(segment)) {
            channel.force(true);
        }
        files.seal(segment);
    }

    /** The log is there, under its name. */
    public void complete(UUID id) throws IOException {
        files.name(id);
        files.close();
        if (Files.isDirectory(directory)) {
            clear(directory); // no segment in it: a lock, and spares that are no use
        }
        Files.move(gathered, directory, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(directory.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
