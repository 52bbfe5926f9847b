package io.prelim.ingest.receive;

import io.prelim.store.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One object's bytes while it comes in: in memory as long as the pool gives, then in an unlinked file. Memory grows with the
 * bytes received, never with what was announced. For one thread at a time.
 */
final class Spool implements AutoCloseable {
    /** Writing or reading the spool failed, which is our disk's fault and not the sender's. */
    static final class SpoolFailed extends IOException {
        private static final long serialVersionUID = 1L;

        SpoolFailed(IOException cause) {
            super("an object could not be spooled", cause);
        }
    }

    private static final int CHUNK = ChunkPool.CHUNK;

    private final ChunkPool pool;
    private final long memoryLimit;
    private final Path directory;
    private final List<byte[]> chunks = new ArrayList<>();
    private FileChannel file;
    /** What came last, once there is a file: a parser asks for it a few bytes at a time. */
    private byte[] latest;

    private long latestFrom;
    private long length;

    /**
     * @param memoryLimit bytes of this object kept in memory at most
     * @param directory for the file of a larger one
     */
    Spool(ChunkPool pool, long memoryLimit, Path directory) {
        this.pool = pool;
        this.memoryLimit = memoryLimit;
        this.directory = directory;
    }

    long length() {
        return length;
    }

    boolean inMemory() {
        return file == null;
    }

    /**
     * Takes what the stream has ready, straight into the place where it stays.
     *
     * @param atMost bytes, 1 or more
     * @return bytes taken, -1 at the end of the stream
     * @throws SpoolFailed when our disk fails; any other exception is the stream's
     */
    int fill(InputStream in, int atMost) throws IOException {
        byte[] target = file == null ? chunk() : latest;
        int at = file == null ? (int) (length % CHUNK) : 0;
        int read = in.read(target, at, Math.min(atMost, CHUNK - at));
        if (read > 0) {
            if (file != null) {
                write(latest, read, length);
                latestFrom = length;
            }
            length += read;
        }
        return read;
    }

    /** Copies bytes from {@code at} on, as many as there are together; none when the object ends there. */
    int read(long at, byte[] into, int offset, int count) throws SpoolFailed {
        int most = (int) Math.min(count, length - at);
        if (most <= 0) {
            return 0;
        }
        if (file == null) {
            int within = (int) (at % CHUNK);
            int piece = Math.min(most, CHUNK - within);
            System.arraycopy(chunks.get((int) (at / CHUNK)), within, into, offset, piece);
            return piece;
        }
        if (at >= latestFrom) {
            System.arraycopy(latest, (int) (at - latestFrom), into, offset, most);
            return most;
        }
        try {
            return file.read(ByteBuffer.wrap(into, offset, most), at);
        } catch (IOException e) {
            throw new SpoolFailed(e);
        }
    }

    /** Fills the array from {@code at} on; false when the object ends before. */
    boolean read(long at, byte[] into) throws SpoolFailed {
        int filled = 0;
        while (filled < into.length) {
            int read = read(at + filled, into, filled, into.length - filled);
            if (read <= 0) {
                return false;
            }
            filled += read;
        }
        return true;
    }

    /** Bytes {@code from} (inclusive) to {@code to} (exclusive), valid until this is closed. */
    Content slice(long from, long to) {
        if (from < 0 || to < from || to > length) {
            throw new IllegalArgumentException("bytes " + from + " to " + to + " of " + length);
        }
        if (file != null) {
            return Content.of(file, from, to - from);
        }
        List<ByteBuffer> pieces = new ArrayList<>();
        for (long at = from; at < to; ) {
            int within = (int) (at % CHUNK);
            int piece = (int) Math.min(CHUNK - within, to - at);
            pieces.add(ByteBuffer.wrap(chunks.get((int) (at / CHUNK)), within, piece));
            at += piece;
        }
        return Content.of(pieces);
    }

    @Override
    public void close() {
        releaseMemory();
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("a spool file could not be closed", e);
            }
        }
    }

    /** The chunk the next byte goes to; when there is none to be had a file begins, and its buffer is the answer. */
    private byte[] chunk() throws SpoolFailed {
        if (length < (long) chunks.size() * CHUNK) {
            return chunks.get(chunks.size() - 1);
        }
        byte[] next = (chunks.size() + 1L) * CHUNK > memoryLimit ? null : pool.take();
        if (next == null) {
            moveToFile();
            return latest;
        }
        chunks.add(next);
        return next;
    }

    private void moveToFile() throws SpoolFailed {
        try {
            Files.createDirectories(directory);
            Path path = Files.createTempFile(directory, "object-", ".spool");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new SpoolFailed(e);
        }
        for (int i = 0; i < chunks.size(); i++) {
            write(chunks.get(i), CHUNK, (long) i * CHUNK);
        }
        releaseMemory();
        latest = new byte[CHUNK];
        latestFrom = length;
    }

    private void write(byte[] bytes, int count, long at) throws SpoolFailed {
        try {
            ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
            while (rest.hasRemaining()) {
                file.write(rest, at + rest.position());
            }
        } catch (IOException e) {
            throw new SpoolFailed(e);
        }
    }

    private void releaseMemory() {
        chunks.forEach(pool::giveBack);
        chunks.clear();
    }
}
