package io.prelim.dicom.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How text is decoded under (0008,0005) Specific Character Set (PS3.3 section C.12.1.1.2, PS3.5 section 6.1). Covers the
 * character sets without code extensions; what is unknown is read as ISO 8859-1, which loses no byte and invents no error.
 */
public final class SpecificCharacterSet {
    /** No character set named: the default repertoire. */
    public static final SpecificCharacterSet DEFAULT = new SpecificCharacterSet(StandardCharsets.ISO_8859_1, true);

    /** Defined terms and the names of their charsets in Java. */
    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("ISO_IR 6", "ISO-8859-1"),
            Map.entry("ISO_IR 100", "ISO-8859-1"),
            Map.entry("ISO_IR 101", "ISO-8859-2"),
            Map.entry("ISO_IR 109", "ISO-8859-3"),
            Map.entry("ISO_IR 110", "ISO-8859-4"),
            Map.entry("ISO_IR 144", "ISO-8859-5"),
            Map.entry("ISO_IR 127", "ISO-8859-6"),
            Map.entry("ISO_IR 126", "ISO-8859-7"),
            Map.entry("ISO_IR 138", "ISO-8859-8"),
            Map.entry("ISO_IR 148", "ISO-8859-9"),
            Map.entry("ISO_IR 203", "ISO-8859-15"),
            Map.entry("ISO_IR 13", "JIS_X0201"),
            Map.entry("ISO_IR 166", "TIS-620"),
            Map.entry("ISO_IR 192", "UTF-8"),
            Map.entry("GB18030", "GB18030"),
            Map.entry("GBK", "GBK"));

    private final Charset charset;
    private final boolean known;

    private SpecificCharacterSet(Charset charset, boolean known) {
        this.charset = charset;
        this.known = known;
    }

    /** The character set of the values of (0008,0005); the first one rules, an empty first one is the default repertoire. */
    public static SpecificCharacterSet of(List<String> terms) {
        String first = terms.isEmpty() ? "" : normalise(terms.get(0));
        if (first.isEmpty()) {
            return terms.size() > 1 ? new SpecificCharacterSet(StandardCharsets.ISO_8859_1, false) : DEFAULT;
        }
        Optional<Charset> charset = Optional.ofNullable(CHARSETS.get(first))
                .filter(Charset::isSupported)
                .map(Charset::forName);
        return new SpecificCharacterSet(
                charset.orElse(StandardCharsets.ISO_8859_1), charset.isPresent() && terms.size() == 1);
    }

    /** {@code ISO 2022 IR 100} without extensions in use, and common misspellings, name the same set as {@code ISO_IR 100}. */
    private static String normalise(String term) {
        String text = term.trim().toUpperCase(Locale.ROOT);
        for (String prefix : List.of("ISO 2022 IR ", "ISO-IR ", "ISO IR ")) {
            if (text.startsWith(prefix)) {
                return "ISO_IR " + text.substring(prefix.length());
            }
        }
        return text;
    }

    /** Whether every byte decodes as the standard says; if not, the text is a readable stand-in. */
    public boolean known() {
        return known;
    }

    /** Text of the bytes; what cannot be decoded becomes U+FFFD. */
    public String decode(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, charset);
    }

    /** Bytes of the text; what the set lacks becomes a question mark. */
    public byte[] encode(String text) {
        return text.getBytes(charset);
    }

    /** Whether a byte 5C can be the second half of a character, so that values must be split after decoding. */
    public boolean splitsAfterDecoding() {
        String name = charset.name();
        return name.equals("GB18030") || name.equals("GBK");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpecificCharacterSet that && charset.equals(that.charset) && known == that.known;
    }

    @Override
    public int hashCode() {
        return charset.hashCode();
    }

    @Override
    public String toString() {
        return charset.name();
    }
}
