package io.prelim.dicom.dictionary;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a dictionary: sorted tags first, then patterns, in parallel arrays. A line is {@code tag representation
 * multiplicity keyword [R]}; an {@code x} in a tag stands for any digit.
 */
final class DictionaryTable {
    /** Three slots a row and more: a tag is found at the first or second look. */
    private static final int SLOT_BITS = 14;

    private final byte[] text;
    private final int rows;
    private final int exact;
    private final int[] tags;
    private final int[] masks;
    private final int[] lines;
    private final byte[] kinds;
    /** Rows of single tags, from 1, by a hash of the tag; implicit VR asks for each element. */
    private final short[] slots = new short[1 << SLOT_BITS];
    /** The distinct combinations of representations. */
    private final List<List<VR>> combinations = new ArrayList<>();

    static DictionaryTable load(String resource) {
        try (InputStream in = DictionaryTable.class.getResourceAsStream(resource)) {
            return new DictionaryTable(in.readAllBytes(), resource);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    DictionaryTable(byte[] text, String name) {
        this.text = text;
        int capacity = text.length / 16 + 1;
        int[] foundTags = new int[capacity];
        int[] foundMasks = new int[capacity];
        int[] foundLines = new int[capacity];
        byte[] foundKinds = new byte[capacity];
        Map<String, Byte> numbers = new HashMap<>();
        int count = 0;
        int sorted = 0;
        for (int start = 0; start < text.length; start = end(start, '\n') + 1) {
            if (text[start] == '#' || text[start] == '\n') {
                continue;
            }
            foundMasks[count] = mask(start);
            foundTags[count] = digits(start) & foundMasks[count];
            foundLines[count] = start;
            String vr = field(start + 9);
            foundKinds[count] = numbers.computeIfAbsent(vr, this::combination);
            if (foundMasks[count] == -1) {
                if (count > 0 && Integer.compareUnsigned(foundTags[count - 1], foundTags[count]) >= 0) {
                    throw new IllegalStateException(name + " is not sorted at " + field(start));
                }
                sorted++;
            }
            count++;
        }
        this.rows = count;
        this.exact = sorted;
        this.tags = Arrays.copyOf(foundTags, count);
        this.masks = Arrays.copyOf(foundMasks, count);
        this.lines = Arrays.copyOf(foundLines, count);
        this.kinds = Arrays.copyOf(foundKinds, count);
        for (int row = 0; row < exact; row++) {
            int at = slot(tags[row]);
            while (slots[at] != 0) {
                at = next(at);
            }
            slots[at] = (short) (row + 1);
        }
    }

    private static int slot(int tag) {
        return tag * 0x9E3779B1 >>> 32 - SLOT_BITS;
    }

    private static int next(int slot) {
        return slot + 1 & (1 << SLOT_BITS) - 1;
    }

    private byte combination(String vrs) {
        combinations.add(Arrays.stream(vrs.split("\\|", -1)).map(VR::valueOf).toList());
        return (byte) (combinations.size() - 1);
    }

    private int digits(int start) {
        int value = 0;
        for (int i = start; i < start + 8; i++) {
            value = value << 4 | (text[i] == 'x' ? 0 : Character.digit(text[i], 16));
        }
        return value;
    }

    /** Ones where the tag must match. Where a group varies it stays even (PS3.5 section 7.6). */
    private int mask(int start) {
        int mask = 0;
        for (int i = start; i < start + 8; i++) {
            mask = mask << 4 | (text[i] == 'x' ? 0 : 0xF);
        }
        return mask | 0x10000;
    }

    private int end(int start, char separator) {
        int end = start;
        while (end < text.length && text[end] != separator && text[end] != '\n') {
            end++;
        }
        return end;
    }

    private String field(int start) {
        return new String(text, start, end(start, ' ') - start, StandardCharsets.US_ASCII);
    }

    /** Rows that stand for one tag each. */
    int exact() {
        return exact;
    }

    int tag(int row) {
        return tags[row];
    }

    /** The row of a tag, or a negative number. */
    int find(int tag) {
        for (int at = slot(tag); slots[at] != 0; at = next(at)) {
            if (tags[slots[at] - 1] == tag) {
                return slots[at] - 1;
            }
        }
        if (repeats(Tag.group(tag))) {
            for (int row = exact; row < rows; row++) {
                if ((tag & masks[row]) == tags[row]) {
                    return row;
                }
            }
        }
        return -1;
    }

    /** Whether any pattern is of such a group: most unknown tags are private, and need not be compared with each. */
    private static boolean repeats(int group) {
        return switch (group >>> 8) {
            case 0x00 -> group == 0x20 || group == 0x28;
            case 0x10, 0x50, 0x60, 0x7F -> (group & 1) == 0;
            default -> false;
        };
    }

    /** The representations of a row, at least one. */
    List<VR> vrs(int row) {
        return combinations.get(kinds[row]);
    }

    /** The row as an entry of the tag. */
    DictionaryEntry entry(int row, int tag) {
        int start = lines[row];
        String[] fields = new String(text, start, end(start, '\n') - start, StandardCharsets.US_ASCII).split(" ", -1);
        return new DictionaryEntry(tag, fields[3], vrs(row), fields[2], fields.length > 4);
    }
}
