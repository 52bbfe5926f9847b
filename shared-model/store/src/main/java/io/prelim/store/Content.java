package io.prelim.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bytes to be appended: a slice of memory or of a file. It must not change, and a file must stay open, until the append has
 * been answered.
 */
public interface Content {
    /** Bytes, 0 or more. */
    long length();

    /** Writes all bytes at the channel's position. Called on the log's writer thread. */
    void writeTo(FileChannel target) throws IOException;

    /** Hands out all bytes in order, in pieces, such as to a digest. */
    void forEach(Consumer<ByteBuffer> pieces) throws IOException;

    /** The remaining bytes of the buffers, whose positions stay as they are. */
    static Content of(ByteBuffer... buffers) {
        return new MemoryContent(List.of(buffers));
    }

    static Content of(List<ByteBuffer> buffers) {
        return new MemoryContent(List.copyOf(buffers));
    }

    static Content of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /** {@code length} bytes of a file from {@code offset} on. */
    static Content of(FileChannel file, long offset, long length) {
        return new FileContent(file, offset, length);
    }

    /** One after the other. */
    static Content concat(Content first, Content second) {
        return new Concatenation(first, second);
    }

    /** Bytes in memory. */
    record MemoryContent(List<ByteBuffer> buffers) implements Content {
        @Override
        public long length() {
            return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        }

        @Override
        public void writeTo(FileChannel target) throws IOException {
            for (ByteBuffer buffer : buffers) {
                ByteBuffer rest = buffer.duplicate();
                while (rest.hasRemaining()) {
                    target.write(rest);
                }
            }
        }

        @Override
        public void forEach(Consumer<ByteBuffer> pieces) {
            buffers.forEach(buffer -> pieces.accept(buffer.duplicate()));
        }
    }

    /** Bytes in a file. */
    record FileContent(FileChannel file, long offset, long length) implements Content {
        private static final int PIECE = 256 << 10;

        @Override
        public void writeTo(FileChannel target) throws IOException {
            long done = 0;
            while (done < length) {
                long moved = file.transferTo(offset + done, length - done, target);
                if (moved <= 0) {
                    throw new EOFException("the file ends " + (length - done) + " bytes before its slice");
                }
                done += moved;
            }
        }

        @Override
        public void forEach(Consumer<ByteBuffer> pieces) throws IOException {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, length)));
            long done = 0;
            while (done < length) {
                piece.clear().limit((int) Math.min(piece.capacity(), length - done));
                int read = file.read(piece, offset + done);
                if (read <= 0) {
                    throw new EOFException("the file ends " + (length - done) + " bytes before its slice");
                }
                done += read;
                pieces.accept(piece.flip());
            }
        }
    }

    /** Two contents as one. */
    record Concatenation(Content first, Content second) implements Content {
        @Override
        public long length() {
            return first.length() + second.length();
        }

        @Override
        public void writeTo(FileChannel target) throws IOException {
            first.writeTo(target);
            second.writeTo(target);
        }

        @Override
        public void forEach(Consumer<ByteBuffer> pieces) throws IOException {
            first.forEach(pieces);
            second.forEach(pieces);
        }
    }
}
