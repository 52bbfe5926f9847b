package io.prelim.ingest.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Character sets of MSH-18 (HL7 table 0211) in which CR and the delimiters are single bytes of ASCII. */
final class CharacterSets {
    private static final Map<String, Charset> KNOWN = known();

    private CharacterSets() {}

    /** Empty for one that is not supported. */
    static Optional<Charset> of(String name) {
        return Optional.ofNullable(KNOWN.get(name.strip()));
    }

    private static Map<String, Charset> known() {
        Map<String, Charset> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.put("ASCII", StandardCharsets.US_ASCII);
        known.put("UNICODE UTF-8", StandardCharsets.UTF_8);
        known.put("UTF-8", StandardCharsets.UTF_8);
        for (int part : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 15}) {
            known.put("8859/" + part, Charset.forName("ISO-8859-" + part));
        }
        return known;
    }
}
