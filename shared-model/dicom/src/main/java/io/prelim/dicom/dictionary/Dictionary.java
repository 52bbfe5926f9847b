package io.prelim.dicom.dictionary;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The data dictionary: the attributes of PS3.6 and of PS3.7 annex E by tag, repeating groups among them. It is a table in a
 * resource, loaded when first asked for and kept as arrays: what an attribute is called is looked up in the table's bytes.
 */
public final class Dictionary {
    /** Loads the table when it is first needed. */
    private static final class Standard {
        static final Dictionary INSTANCE = new Dictionary(DictionaryTable.load("standard.txt"));
    }

    private final DictionaryTable table;

    private Dictionary(DictionaryTable table) {
        this.table = table;
    }

    /** The attributes of PS3.6 and PS3.7 annex E. */
    public static Dictionary standard() {
        return Standard.INSTANCE;
    }

    /** The attribute of a tag, or null. */
    public DictionaryEntry lookup(int tag) {
        int row = table.find(tag);
        return row < 0 ? null : table.entry(row, tag);
    }

    /**
     * The value representation of a tag, the first where it depends: LO for private creators (PS3.5 section 7.8.1), UL for
     * group lengths, UN for whatever is unknown.
     */
    public VR vr(int tag) {
        int row = table.find(tag);
        if (row >= 0) {
            return table.vrs(row).get(0);
        }
        if (Tag.isGroupLength(tag)) {
            return VR.UL;
        }
        return Tag.isPrivateCreator(tag) ? VR.LO : VR.UN;
    }

    /** The representations a tag may have, empty when the dictionary does not know it. */
    public List<VR> vrs(int tag) {
        int row = table.find(tag);
        return row < 0 ? List.of() : table.vrs(row);
    }

    /** All attributes that have one tag only, in ascending order; those of repeating groups are left out. */
    public Collection<DictionaryEntry> entries() {
        return IntStream.range(0, table.exact())
                .mapToObj(row -> table.entry(row, table.tag(row)))
                .toList();
    }
}
