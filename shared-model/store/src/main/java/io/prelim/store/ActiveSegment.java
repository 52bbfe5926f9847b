package io.prelim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;

/** The segment being written. For the writer thread alone. */
final class ActiveSegment {
    private final long number;
    private final long size;
    private final FileChannel channel;
    private long end;

    ActiveSegment(long number, long size, FileChannel channel, long end) {
        this.number = number;
        this.size = size;
        this.channel = channel;
        this.end = end;
    }

    long number() {
        return number;
    }

    FileChannel channel() {
        return channel;
    }

    /** Whether records of so many bytes fit; an empty segment takes any. */
    boolean fits(long bytes) {
        return end == 0 || bytes <= size - end;
    }

    /** Writes one record; after a failure the segment ends where it ended before. */
    Location append(NewPart part, Instant now) throws IOException {
        ByteBuffer header = RecordHeader.encode(part, now);
        int headerBytes = header.remaining();
        channel.position(end);
        while (header.hasRemaining()) {
            channel.write(header);
        }
        part.content().writeTo(channel);
        long written = channel.position() - end;
        if (written != headerBytes + part.content().length()) {
            throw new IOException(
                    "a content of " + part.content().length() + " bytes wrote " + (written - headerBytes));
        }
        Location location =
                new Location(number, end + headerBytes, part.content().length());
        end += RecordHeader.recordBytes(headerBytes, part.content().length());
        return location;
    }

    long end() {
        return end;
    }

    /** Forgets what lies after {@code offset}, whole or not. */
    void cutAt(long offset) throws IOException {
        end = offset;
        channel.truncate(offset);
    }

    void close() throws IOException {
        channel.close();
    }
}
