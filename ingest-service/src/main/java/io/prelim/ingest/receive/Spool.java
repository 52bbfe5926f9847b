package io.prelim.ingest.receive;

import io.prelim.store.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One object's bytes while it comes in: in memory as long as the budget gives, then in an unlinked file. Memory grows with the
 * bytes received, never with what was announced. For one thread.
 */
final class Spool implements AutoCloseable {
    /** Writing the spool failed, which is our disk's fault and not the sender's. */
    static final class SpoolFailed extends IOException {
        private static final long serialVersionUID = 1L;

        SpoolFailed(IOException cause) {
            super("an object could not be spooled", cause);
        }
    }

    static final int CHUNK = 64 << 10;

    private final SpoolBudget budget;
    private final long memoryLimit;
    private final Path directory;
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private FileChannel file;
    private long length;

    /**
     * @param memoryLimit bytes of this object kept in memory at most
     * @param directory for the file of a larger one
     */
    Spool(SpoolBudget budget, long memoryLimit, Path directory) {
        this.budget = budget;
        this.memoryLimit = memoryLimit;
        this.directory = directory;
    }

    long length() {
        return length;
    }

    boolean inMemory() {
        return file == null;
    }

    void write(byte[] bytes, int offset, int count) throws SpoolFailed {
        try {
            int done = 0;
            while (done < count) {
                if (file != null) {
                    done += file.write(ByteBuffer.wrap(bytes, offset + done, count - done), length + done);
                    continue;
                }
                ByteBuffer chunk = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
                if (chunk == null || !chunk.hasRemaining()) {
                    if ((chunks.size() + 1L) * CHUNK > memoryLimit || !budget.take(CHUNK)) {
                        moveToFile(length + done);
                        continue;
                    }
                    chunk = ByteBuffer.allocate(CHUNK);
                    chunks.add(chunk);
                }
                int piece = Math.min(chunk.remaining(), count - done);
                chunk.put(bytes, offset + done, piece);
                done += piece;
            }
            length += count;
        } catch (IOException e) {
            throw new SpoolFailed(e);
        }
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
            pieces.add(chunks.get((int) (at / CHUNK)).duplicate().clear().slice(within, piece));
            at += piece;
        }
        return Content.of(pieces);
    }

    /** Fills the array from {@code at} on; false when the object ends before. */
    boolean read(long at, byte[] into) throws SpoolFailed {
        if (at + into.length > length) {
            return false;
        }
        try {
            int[] filled = {0};
            slice(at, at + into.length).forEach(piece -> {
                int count = piece.remaining();
                piece.get(into, filled[0], count);
                filled[0] += count;
            });
            return true;
        } catch (IOException e) {
            throw new SpoolFailed(e);
        }
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

    private void moveToFile(long soFar) throws IOException {
        Files.createDirectories(directory);
        Path path = Files.createTempFile(directory, "object-", ".spool");
        FileChannel opened = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        long at = 0;
        for (ByteBuffer chunk : chunks) {
            ByteBuffer written = chunk.duplicate().flip();
            while (written.hasRemaining()) {
                at += opened.write(written, at);
            }
        }
        if (at != soFar) {
            throw new IOException("spooled " + at + " of " + soFar + " bytes");
        }
        file = opened;
        releaseMemory();
    }

    private void releaseMemory() {
        budget.giveBack((long) chunks.size() * CHUNK);
        chunks.clear();
    }
}
