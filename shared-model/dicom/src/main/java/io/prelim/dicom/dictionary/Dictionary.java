package io.prelim.dicom.dictionary;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The data dictionary: attributes by tag, read once from a table of {@code tag, representation, keyword} lines. The table is
 * data, so that a larger one takes the place of this one without a change of code.
 */
public final class Dictionary {
    private static final Dictionary STANDARD = load("standard.txt");

    private final Map<Integer, DictionaryEntry> byTag;

    private Dictionary(Map<Integer, DictionaryEntry> byTag) {
        this.byTag = Collections.unmodifiableMap(byTag);
    }

    /** The attributes of PS3.6 and PS3.7 annex E that are known here. */
    public static Dictionary standard() {
        return STANDARD;
    }

    /** The attribute of a tag, or null. */
    public DictionaryEntry lookup(int tag) {
        return byTag.get(tag);
    }

    /**
     * The value representation of a tag: LO for private creators (PS3.5 section 7.8.1), UL for group lengths, UN for
     * whatever is unknown.
     */
    public VR vr(int tag) {
        DictionaryEntry entry = byTag.get(tag);
        if (entry != null) {
            return entry.vr();
        }
        if (Tag.isGroupLength(tag)) {
            return VR.UL;
        }
        return Tag.isPrivateCreator(tag) ? VR.LO : VR.UN;
    }

    public Collection<DictionaryEntry> entries() {
        return byTag.values();
    }

    private static Dictionary load(String resource) {
        Map<Integer, DictionaryEntry> entries = new HashMap<>();
        try (InputStream in = Dictionary.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    DictionaryEntry entry = parse(line);
                    if (entries.put(entry.tag(), entry) != null) {
                        throw new IllegalStateException(resource + " has a tag twice: " + line);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return new Dictionary(entries);
    }

    private static DictionaryEntry parse(String line) {
        String[] fields = line.split("\\s+", 3);
        List<VR> vrs = new ArrayList<>();
        for (String vr : fields[1].split("\\|", -1)) {
            vrs.add(VR.valueOf(vr));
        }
        return new DictionaryEntry(Integer.parseUnsignedInt(fields[0], 16), fields[2], vrs);
    }
}
