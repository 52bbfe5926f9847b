package io.prelim.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What stands before a part's bytes in a segment, big endian:
 *
 * <pre>
 *  0  4  magic "PRLM"
 *  4  1  version, 1
 *  5  1  part class
 *  6  2  bytes of this header up to and including the CRC
 *  8 16  part id
 * 24 16  study key
 * 40  8  bytes of the content
 * 48  8  when it was written, milliseconds since 1970
 * 56 32  SHA-256 of the content
 * 88  1  bytes n of the instance UID, then its UTF-8
 *     2  bytes m of the annotation, then its UTF-8
 *     4  CRC32C of all before
 * </pre>
 *
 * The content follows; the next record begins at the next multiple of {@value #ALIGNMENT}. A segment's unused end is zeros.
 *
 * @param bytes of the encoded header
 */
record RecordHeader(
        UUID partId,
        UUID studyKey,
        int partClass,
        String instanceUid,
        String annotation,
        long contentLength,
        Sha256 digest,
        Instant writtenAt,
        int bytes) {
    static final int MAGIC = 0x50524C4D;
    static final int ALIGNMENT = 8;
    /** Magic, version, class and length: what is needed to know how much more to read. */
    static final int PREFIX = 8;

    private static final int VERSION = 1;
    private static final int FIXED = 88;
    static final int MAX_BYTES = FIXED + 1 + NewPart.MAX_INSTANCE_UID + 2 + NewPart.MAX_ANNOTATION + 4;
    static final int MIN_BYTES = FIXED + 1 + 2 + 4;

    static ByteBuffer encode(NewPart part, Instant now) {
        return encode(
                part.partId(),
                part.studyKey(),
                part.partClass(),
                part.instanceUid(),
                part.annotation(),
                part.content().length(),
                part.digest(),
                now);
    }

    private static ByteBuffer encode(
            UUID partId,
            UUID studyKey,
            int partClass,
            String instanceUid,
            String note,
            long contentLength,
            Sha256 digest,
            Instant now) {
        byte[] uid = instanceUid.getBytes(StandardCharsets.UTF_8);
        byte[] annotation = note.getBytes(StandardCharsets.UTF_8);
        int length = MIN_BYTES + uid.length + annotation.length;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(MAGIC).put((byte) VERSION).put((byte) partClass).putShort((short) length);
        put(out, partId);
        put(out, studyKey);
        out.putLong(contentLength).putLong(now.toEpochMilli()).put(digest.bytes());
        out.put((byte) uid.length).put(uid);
        out.putShort((short) annotation.length).put(annotation);
        out.putInt(crc(out.array(), length - 4));
        return out.flip();
    }

    /**
     * The header of a record that takes so many bytes, and that no content fits: what is stepped over.
     *
     * @param recordBytes a multiple of {@value #ALIGNMENT}, {@link #MIN_BYTES} at least
     */
    static ByteBuffer bridge(long recordBytes) {
        UUID nobody = new UUID(0, 0);
        long content = recordBytes - MIN_BYTES;
        return encode(nobody, nobody, 0xFF, "", "", content, Sha256.of(new byte[Sha256.BYTES]), Instant.EPOCH);
    }

    /** How long the header is that begins so, or -1 when none does. */
    static int length(ByteBuffer prefix) {
        int length = Short.toUnsignedInt(prefix.getShort(6));
        boolean header = prefix.getInt(0) == MAGIC && prefix.get(4) == VERSION;
        return header && length >= MIN_BYTES && length <= MAX_BYTES ? length : -1;
    }

    /** The header, or null when the bytes are damaged. */
    static RecordHeader decode(byte[] header) {
        ByteBuffer in = ByteBuffer.wrap(header);
        if (crc(header, header.length - 4) != in.getInt(header.length - 4)) {
            return null;
        }
        try {
            in.position(5);
            int partClass = Byte.toUnsignedInt(in.get());
            in.position(PREFIX);
            UUID partId = new UUID(in.getLong(), in.getLong());
            UUID studyKey = new UUID(in.getLong(), in.getLong());
            long contentLength = in.getLong();
            Instant writtenAt = Instant.ofEpochMilli(in.getLong());
            byte[] digest = new byte[Sha256.BYTES];
            in.get(digest);
            String uid = text(in, Byte.toUnsignedInt(in.get()));
            String annotation = text(in, Short.toUnsignedInt(in.getShort()));
            return contentLength < 0
                    ? null
                    : new RecordHeader(
                            partId,
                            studyKey,
                            partClass,
                            uid,
                            annotation,
                            contentLength,
                            Sha256.of(digest),
                            writtenAt,
                            header.length);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    /** Bytes a record takes, its padding included. */
    static long recordBytes(long headerBytes, long contentBytes) {
        return (headerBytes + contentBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static void put(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static String text(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
