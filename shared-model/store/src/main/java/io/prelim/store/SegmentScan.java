package io.prelim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Walks a segment record by record, as far as their headers hold. A record is never looked for between others: bytes of a content
 * that look like one are not taken for one.
 */
final class SegmentScan {
    private static final int PIECE = 1 << 20;

    private SegmentScan() {}

    /**
     * @param from where a record begins
     * @param contents whether digests are looked at; without, a record counts as whole by its header and its length
     * @throws IOException when the file cannot be read, or the visitor throws it; damage is part of the result
     */
    static WalkedSegment scan(Path file, long segment, long from, boolean contents, LogVisitor visitor)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long at = from;
            long records = 0;
            long damaged = 0;
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (true) {
                RecordHeader header = header(channel, at, size);
                if (header == null || header.contentLength() > size - at - header.bytes()) {
                    boolean clean = damaged == 0 && onlyZeros(channel, at, size, piece);
                    return new WalkedSegment(segment, at, records, damaged, clean);
                }
                if (!contents || contentIsWhole(channel, at + header.bytes(), header, piece)) {
                    visitor.part(StoredPart.of(header, segment, at));
                    records++;
                } else {
                    visitor.damaged(StoredPart.of(header, segment, at));
                    damaged++; // its header holds, so the next record's place is known
                }
                at += RecordHeader.recordBytes(header.bytes(), header.contentLength());
            }
        }
    }

    /** Whether a record's header stands there, whole. */
    static boolean beginsRecord(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return header(channel, at, channel.size()) != null;
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

    private static boolean contentIsWhole(FileChannel channel, long from, RecordHeader header, ByteBuffer piece)
            throws IOException {
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
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, at + buffer.position()) < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            if (SegmentLog.unreadable(e)) {
                return false; // what the device does not give is damaged
            }
            throw e;
        }
    }
}
