package io.prelim.local;

import io.prelim.local.stack.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Where a run keeps its data: the folder asked for, for one run at a time, or a temporary one that is removed at the end. */
final class WorkFolder implements AutoCloseable {
    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;
    private volatile boolean logsKept;

    private WorkFolder(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** @throws Refusal if the folder cannot be used, or another run uses it */
    static WorkFolder open(Optional<Path> state) throws Refusal {
        try {
            if (state.isEmpty()) {
                return new WorkFolder(Files.createTempDirectory("prelim-"), true, null);
            }
            Path folder = Files.createDirectories(state.get().toAbsolutePath().normalize());
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new Refusal("another run uses the folder " + folder);
            }
            return new WorkFolder(folder, false, channel);
        } catch (IOException e) {
            throw new Refusal("the folder for data cannot be used: " + e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** The logs outlive the run: somebody will want to read them. */
    void keepLogs() {
        logsKept = true;
    }

    /** Removes a temporary folder, but for logs that are to be kept. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
        if (temporary) {
            Files.walkFileTree(path, new Remover());
        }
    }

    private final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!logsKept || !file.toString().endsWith(".log") || file.startsWith(path.resolve("host/kafka"))) {
                Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            try (var left = Files.list(folder)) {
                if (left.findAny().isEmpty()) {
                    Files.delete(folder);
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
