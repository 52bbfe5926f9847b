package io.prelim.inference.model;

import io.prelim.inference.model.ZipDirectory.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A package as a ZIP archive, read where it lies: nothing is extracted, so there is no path to lead astray. */
final class ArchiveFiles implements PackageFiles {
    private static final int LOCAL_LENGTH = 30;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int SIZES_BEHIND = 1 << 3;

    private final FileChannel channel;
    private final SortedMap<String, Entry> entries;

    private ArchiveFiles(FileChannel channel, SortedMap<String, Entry> entries) {
        this.channel = channel;
        this.entries = entries;
    }

    static ArchiveFiles open(Path file, String shown) throws BadPackage {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            ArchiveFiles files = new ArchiveFiles(
                    channel, ZipDirectory.read(channel, shown, PackageReader.MAX_MODEL_BYTES + (64L << 20)));
            channel = null;
            return files;
        } catch (IOException e) {
            throw new BadPackage(shown, "", "cannot be read", e);
        } finally {
            close(channel);
        }
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.keySet()));
    }

    @Override
    public byte[] read(String name, int most) throws BadPackage {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new BadPackage(name, "", "is not in the package");
        }
        if (entry.size() > most) {
            throw new BadPackage(name, "", "has " + entry.size() + " bytes, at most " + most + " are read");
        }
        try {
            byte[] bytes = content(entry, data(entry));
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if ((int) crc.getValue() != entry.crc()) {
                throw new BadPackage(name, "", "is damaged: its CRC-32 is another than the archive says; zip it again");
            }
            return bytes;
        } catch (IOException e) {
            throw new BadPackage(name, "", "is damaged or cut; zip it again", e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    /** Where the bytes begin. The local header must say what the directory says: tools read the one or the other. */
    private long data(Entry entry) throws BadPackage, IOException {
        ByteBuffer header = ZipDirectory.bytes(channel, entry.offset(), LOCAL_LENGTH);
        int nameLength = header.getShort(26) & 0xFFFF;
        long start = entry.offset() + LOCAL_LENGTH + nameLength + (header.getShort(28) & 0xFFFF);
        if (header.getInt(0) != LOCAL_SIGNATURE || start + entry.compressed() > entry.limit()) {
            throw new BadPackage(entry.name(), "", "does not lie where the archive says");
        }
        int flags = header.getShort(6) & 0xFFFF;
        byte[] name = ZipDirectory.bytes(channel, entry.offset() + LOCAL_LENGTH, nameLength)
                .array();
        boolean same = new String(name, StandardCharsets.ISO_8859_1).equals(entry.name())
                && flags == entry.flags()
                && (header.getShort(8) & 0xFFFF) == entry.method();
        // written before they were known, they stand behind the data and in the directory
        boolean sizes = (flags & SIZES_BEHIND) != 0
                || (header.getInt(14) == entry.crc()
                        && header.getInt(18) == (int) entry.compressed()
                        && header.getInt(22) == (int) entry.size());
        if (!same || !sizes) {
            throw new BadPackage(entry.name(), "", "is said to be two things, in its header and in the directory");
        }
        return start;
    }

    private byte[] content(Entry entry, long start) throws BadPackage, IOException {
        Inflater inflater = new Inflater(true);
        try (InputStream packed = new Region(start, entry.compressed());
                InputStream in =
                        entry.method() == ZipDirectory.STORED ? packed : new InflaterInputStream(packed, inflater)) {
            // grows with what is there, never to what is said
            byte[] bytes = in.readNBytes((int) entry.size());
            if (bytes.length < entry.size()) {
                throw new BadPackage(
                        entry.name(), "", "has " + bytes.length + " bytes, the archive says " + entry.size());
            }
            if (in.read() >= 0) {
                throw new BadPackage(entry.name(), "", "has more than the " + entry.size() + " bytes the archive says");
            }
            if (entry.method() == ZipDirectory.DEFLATED && inflater.getBytesRead() != entry.compressed()) {
                throw new BadPackage(entry.name(), "", "ends before its packed bytes do");
            }
            return bytes;
        } finally {
            inflater.end();
        }
    }

    private static void close(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Some bytes of the archive. */
    private final class Region extends InputStream {
        private long at;
        private final long end;

        private Region(long from, long length) {
            at = from;
            end = from + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, end - at)), at);
            at += Math.max(0, read);
            return read;
        }
    }
}
