package io.prelim.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the log asks of the volume beyond plain reads and writes; the seam at which tests make a disk fill up or fail. */
interface Disk {
    /** The machine's own. */
    Disk REAL = new Disk() {
        @Override
        public long usableBytes(Path directory) throws IOException {
            return Files.getFileStore(directory).getUsableSpace();
        }

        @Override
        public void sync(FileChannel segment) throws IOException {
            segment.force(false);
        }
    };

    /** Bytes this process may still write on the directory's volume. */
    long usableBytes(Path directory) throws IOException;

    /** Returns when the bytes written are durable (fdatasync). */
    void sync(FileChannel segment) throws IOException;
}
