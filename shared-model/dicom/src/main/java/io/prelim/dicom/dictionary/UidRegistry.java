package io.prelim.dicom.dictionary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The registered UIDs of PS3.6 annex A, a table in a resource that is loaded when first asked for. */
public final class UidRegistry {
    /** Loads the table when it is first needed. */
    private static final class Standard {
        static final UidRegistry INSTANCE = new UidRegistry("uids.txt");
    }

    private final Map<String, UidEntry> byUid = new LinkedHashMap<>();
    private final Map<String, UidEntry> byKeyword = new HashMap<>();

    private UidRegistry(String resource) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(UidRegistry.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    add(line.split("\t", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private void add(String[] fields) {
        String keyword = fields[2].equals("-") ? null : fields[2];
        UidEntry entry = new UidEntry(fields[0], fields[4], keyword, fields[1], fields[3].equals("R"));
        byUid.put(entry.uid(), entry);
        if (keyword != null) {
            byKeyword.put(keyword, entry);
        }
    }

    /** The UIDs of PS3.6 annex A. */
    public static UidRegistry standard() {
        return Standard.INSTANCE;
    }

    /** The entry of a UID, or null. */
    public UidEntry lookup(String uid) {
        return byUid.get(uid);
    }

    /** The entry of a keyword such as {@code CTImageStorage}, or null. */
    public UidEntry ofKeyword(String keyword) {
        return byKeyword.get(keyword);
    }

    /** The name of a registered UID, else the UID itself. */
    public String name(String uid) {
        UidEntry entry = byUid.get(uid);
        return entry == null ? uid : entry.name();
    }

    /** All of them, in ascending order of their components. */
    public Collection<UidEntry> entries() {
        return Collections.unmodifiableCollection(byUid.values());
    }
}
