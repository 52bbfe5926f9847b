package io.prelim.inference.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The central directory of a ZIP archive (PKWARE APPNOTE 4.3.12, 4.3.16), read strictly: tools differ in what they make of archives that
 * say things twice, so what is said twice, hidden or not needed is refused. No comments, no ZIP64, no encryption, no bytes before the
 * first file, no file that overlaps another.
 */
final class ZipDirectory {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int END_LENGTH = 22;
    private static final int HEADER_LENGTH = 46;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int HEADER_SIGNATURE = 0x02014b50;
    private static final int MAX_DIRECTORY = 1 << 16;

    /** Deflate options, sizes behind the data, names in UTF-8 (4.4.4): all else is encryption or not defined. */
    private static final int FLAGS = 0x080E;

    /** Weights hardly shrink by a half. */
    private static final long MAX_RATIO = 100;

    private static final long RATIO_FREE = 1 << 20;
    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR = 0x8000;

    private final FileChannel channel;
    private final String archive;

    private ZipDirectory(FileChannel channel, String archive) {
        this.channel = channel;
        this.archive = archive;
    }

    /**
     * @param compressed bytes in the archive
     * @param size       bytes of the file, as the directory says
     * @param offset     of the local header
     * @param limit      where the next file or the directory begins
     */
    record Entry(String name, int flags, int method, int crc, long compressed, long size, long offset, long limit) {
        private Entry until(long end) {
            return new Entry(name, flags, method, crc, compressed, size, offset, end);
        }
    }

    /**
     * @param archive for messages
     * @param most    bytes that all files may have together
     */
    static SortedMap<String, Entry> read(FileChannel channel, String archive, long most)
            throws BadPackage, IOException {
        return new ZipDirectory(channel, archive).read(most);
    }

    /** Exactly so many bytes from a position, little-endian; the caller bounds the length. */
    static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("end of file at " + (position + buffer.position()));
            }
        }
        return buffer.flip();
    }

    private SortedMap<String, Entry> read(long most) throws BadPackage, IOException {
        long length = channel.size();
        if (length < END_LENGTH) {
            throw wrong("is no ZIP archive: " + length + " bytes");
        }
        ByteBuffer end = bytes(channel, length - END_LENGTH, END_LENGTH);
        if (end.getInt(0) != END_SIGNATURE || end.getShort(20) != 0) {
            throw wrong("is no ZIP archive, is cut, or has a comment");
        }
        int count = u16(end, 8);
        long size = u32(end, 12);
        long start = u32(end, 16);
        if (u16(end, 4) != 0 || u16(end, 6) != 0 || u16(end, 10) != count) {
            throw wrong("is one of several volumes");
        }
        if (count > PackageFiles.MAX_FILES) {
            throw wrong("holds " + count + " files, a package has at most " + PackageFiles.MAX_FILES);
        }
        if (size > MAX_DIRECTORY || start + size != length - END_LENGTH) {
            throw wrong("has a directory that does not lie right before its end (ZIP64 is not read either)");
        }
        return checked(entries(bytes(channel, start, (int) size), count), start, most);
    }

    private List<Entry> entries(ByteBuffer directory, int count) throws BadPackage {
        List<Entry> entries = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            int at = directory.position();
            if (directory.remaining() < HEADER_LENGTH || directory.getInt(at) != HEADER_SIGNATURE) {
                throw wrong("has a directory of fewer files than it says");
            }
            int nameLength = u16(directory, at + 28);
            int whole = HEADER_LENGTH + nameLength + u16(directory, at + 30) + u16(directory, at + 32);
            if (whole > directory.remaining()) {
                throw wrong("has a directory that is cut");
            }
            byte[] name = new byte[nameLength];
            directory.get(at + HEADER_LENGTH, name);
            Entry entry = new Entry(
                    new String(name, StandardCharsets.ISO_8859_1),
                    u16(directory, at + 8),
                    u16(directory, at + 10),
                    directory.getInt(at + 16),
                    u32(directory, at + 20),
                    u32(directory, at + 24),
                    u32(directory, at + 42),
                    0);
            PackageFiles.add(names, entry.name());
            check(entry, directory.getInt(at + 38) >>> 16);
            entries.add(entry);
            directory.position(at + whole);
        }
        if (directory.hasRemaining()) {
            throw wrong("has a directory of more files than it says");
        }
        return entries;
    }

    private static void check(Entry entry, int unixMode) throws BadPackage {
        int type = unixMode & FILE_TYPE;
        if (type != 0 && type != REGULAR) {
            throw new BadPackage(entry.name(), "", "is a link or a special file; a package holds plain files alone");
        }
        if ((entry.flags() & ~FLAGS) != 0) {
            throw new BadPackage(entry.name(), "", "is encrypted or patched; store it plainly");
        }
        if (entry.method() != STORED && entry.method() != DEFLATED) {
            throw new BadPackage(
                    entry.name(), "", "is packed by method " + entry.method() + "; store it or deflate it");
        }
        if (entry.method() == STORED && entry.size() != entry.compressed()) {
            throw new BadPackage(
                    entry.name(), "", "is stored as " + entry.compressed() + " bytes and said to be " + entry.size());
        }
        if (entry.size() > RATIO_FREE && entry.size() / MAX_RATIO > entry.compressed()) {
            throw new BadPackage(
                    entry.name(),
                    "",
                    "grows from " + entry.compressed() + " to " + entry.size() + " bytes, more than " + MAX_RATIO
                            + " fold");
        }
    }

    /** Files in their order lie one after the other; so none shares bytes with another or with the directory. */
    private SortedMap<String, Entry> checked(List<Entry> entries, long directory, long most) throws BadPackage {
        entries.sort(Comparator.comparingLong(Entry::offset));
        if (!entries.isEmpty() && entries.get(0).offset() != 0) {
            throw wrong("has " + entries.get(0).offset() + " bytes before its first file");
        }
        SortedMap<String, Entry> byName = new TreeMap<>();
        long all = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            long limit = i + 1 < entries.size() ? entries.get(i + 1).offset() : directory;
            all += entry.size();
            if (entry.offset() + entry.compressed() > limit) {
                throw new BadPackage(entry.name(), "", "overlaps what lies behind it in the archive");
            }
            byName.put(entry.name(), entry.until(limit));
        }
        if (all > most) {
            throw wrong("holds " + all + " bytes, at most " + most + " are read");
        }
        return byName;
    }

    private BadPackage wrong(String problem) {
        return new BadPackage(archive, "", problem);
    }

    private static int u16(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    private static long u32(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xFFFF_FFFFL;
    }
}
