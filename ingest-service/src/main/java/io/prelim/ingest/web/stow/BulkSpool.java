package io.prelim.ingest.web.stow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Pixel data of one request that waits for the rest of its object, in one unlinked file. For one thread. */
final class BulkSpool implements AutoCloseable {
    /** A value in the file. */
    record Slice(long offset, long length) {}

    private static final int PIECE = 256 << 10;

    private final Path directory;
    private FileChannel file;
    private long end;
    private int held;

    BulkSpool(Path directory) {
        this.directory = directory;
    }

    /**
     * Takes the stream to its end.
     *
     * @return null when there are more than {@code maxBytes}
     */
    Slice append(InputStream in, long maxBytes) throws IOException {
        if (file == null) {
            Files.createDirectories(directory);
            file = FileChannel.open(
                    Files.createTempFile(directory, "bulk-", ".spool"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        byte[] piece = new byte[PIECE];
        long length = 0;
        for (int read = in.read(piece, 0, PIECE); read >= 0; read = in.read(piece, 0, PIECE)) {
            if (length + read > maxBytes) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.wrap(piece, 0, read);
            while (bytes.hasRemaining()) {
                length += file.write(bytes, end + length);
            }
        }
        Slice slice = new Slice(end, length);
        end += length;
        held++;
        return slice;
    }

    /** Its bytes; good until it is released. */
    InputStream stream(Slice slice) {
        return new InputStream() {
            private final byte[] one = new byte[1];
            private long at;

            @Override
            public int read() throws IOException {
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int wanted = (int) Math.min(length, slice.length() - at);
                if (wanted <= 0) {
                    return length == 0 ? 0 : -1;
                }
                int read = file.read(ByteBuffer.wrap(bytes, offset, wanted), slice.offset() + at);
                at += Math.max(0, read);
                return read;
            }
        };
    }

    /** Once for each slice; the file's room is given back when none is held. */
    void release() throws IOException {
        if (--held == 0) {
            file.truncate(0);
            end = 0;
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a spool file could not be closed", e);
        }
    }
}
