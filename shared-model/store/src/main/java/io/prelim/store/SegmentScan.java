package io.prelim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.function.Consumer;

/** Walks a segment record by record, as far as its records are whole. */
final class SegmentScan {
    private static final int PIECE = 1 << 20;

    private SegmentScan() {}

    /**
     * @param end offset after the last whole record
     * @param records whole records
     * @param clean whether nothing but zeros follows: then appending may go on there
     */
    record Result(long end, long records, boolean clean) {}

    /**
     * @param found told of each whole record, in order
     * @throws IOException only when the file cannot be read; damage is part of the result
     */
    static Result scan(Path file, long segment, Consumer<StoredPart> found) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long at = 0;
            long records = 0;
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (true) {
                RecordHeader header = header(channel, at, size);
                if (header == null || !contentIsWhole(channel, at, size, header, piece)) {
                    return new Result(at, records, onlyZeros(channel, at, size, piece));
                }
                found.accept(StoredPart.of(header, segment, at));
                records++;
                at += RecordHeader.recordBytes(header.bytes(), header.contentLength());
            }
        }
    }

    private static RecordHeader header(FileChannel channel, long at, long size) throws IOException {
        if (size - at < RecordHeader.MIN_BYTES) {
            return null;
        }
        ByteBuffer prefix = ByteBuffer.allocate(RecordHeader.PREFIX);
        if (!fill(channel, at, prefix)) {
            return null;
        }
        int length = RecordHeader.length(prefix.flip());
        if (length < 0 || size - at < length) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        return fill(channel, at, bytes) ? RecordHeader.decode(bytes.array()) : null;
    }

    private static boolean contentIsWhole(
            FileChannel channel, long at, long size, RecordHeader header, ByteBuffer piece) throws IOException {
        long from = at + header.bytes();
        if (header.contentLength() > size - from) {
            return false;
        }
        MessageDigest digest = Sha256.digest();
        long done = 0;
        while (done < header.contentLength()) {
            piece.clear().limit((int) Math.min(piece.capacity(), header.contentLength() - done));
            if (!fill(channel, from + done, piece)) {
                return false;
            }
            done += piece.limit();
            digest.update(piece.flip());
        }
        return Sha256.of(digest.digest()).equals(header.digest());
    }

    private static boolean onlyZeros(FileChannel channel, long at, long size, ByteBuffer piece) throws IOException {
        long position = at;
        while (position < size) {
            piece.clear().limit((int) Math.min(piece.capacity(), size - position));
            if (!fill(channel, position, piece)) {
                return false;
            }
            position += piece.limit();
            piece.flip();
            while (piece.remaining() >= Long.BYTES) {
                if (piece.getLong() != 0) {
                    return false;
                }
            }
            while (piece.hasRemaining()) {
                if (piece.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean fill(FileChannel channel, long at, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}
