package io.prelim.dicom.charset;

import io.prelim.dicom.core.VR;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How text is decoded under (0008,0005) Specific Character Set (PS3.3 section C.12.1.1.2, PS3.5 section 6.1): one set, or
 * several with code extensions between them. Bytes that a set does not hold become U+FFFD. Where no set is named, or none
 * that is known, text is read as ISO 8859-1: writers who name none mostly mean it, and no byte is lost.
 */
public final class SpecificCharacterSet {
    /** No character set named: the default repertoire. */
    public static final SpecificCharacterSet DEFAULT =
            new SpecificCharacterSet(StandardCharsets.ISO_8859_1, null, true);

    /** ISO register numbers, with the spellings that occur: {@code ISO_IR 100}, {@code ISO 2022 IR 100}, {@code ISO-IR 100}. */
    private static final Pattern REGISTERED = Pattern.compile("ISO[ _-]?(2022[ _-]?)?(?:IR[ _-]?)?([0-9]{1,3})");

    /** Sets that know no code extensions, and end the search for others. */
    private static final Map<String, String> ALONE = Map.of(
            "ISO_IR 192",
            "UTF-8",
            "GB18030",
            "GB18030",
            "GBK",
            "GBK",
            "ISO 2022 GBK",
            "GBK",
            "ISO 2022 GB18030",
            "GB18030");

    private final Charset charset;
    private final CodeExtensions extensions;
    private final boolean known;

    private SpecificCharacterSet(Charset charset, CodeExtensions extensions, boolean known) {
        this.charset = charset;
        this.extensions = extensions;
        this.known = known;
    }

    /** The character set of the values of (0008,0005), of which the first may be empty. */
    public static SpecificCharacterSet of(List<String> terms) {
        if (terms.isEmpty() || (terms.size() == 1 && terms.get(0).isBlank())) {
            return DEFAULT;
        }
        String first = terms.get(0).trim().toUpperCase(Locale.ROOT);
        String alone = first.equals("ISO_IR_192") || first.equals("ISO IR 192") ? "UTF-8" : ALONE.get(first);
        if (alone != null) {
            return new SpecificCharacterSet(Charset.forName(alone), null, terms.size() == 1);
        }
        return registered(terms);
    }

    private static SpecificCharacterSet registered(List<String> terms) {
        Set<CodeSet> announced = new LinkedHashSet<>();
        boolean known = true;
        boolean extended = terms.size() > 1;
        boolean anyKnown = false;
        CodeSet low = CodeSet.ISO_646;
        CodeSet high = null;
        for (int i = 0; i < terms.size(); i++) {
            String term = terms.get(i).trim().toUpperCase(Locale.ROOT);
            Matcher matcher = REGISTERED.matcher(term.isEmpty() && i == 0 ? "ISO 2022 IR 6" : term);
            boolean matches = matcher.matches();
            int number = matches ? Integer.parseInt(matcher.group(2)) : -1;
            CodeSet g0 = CodeSet.of(number, true);
            CodeSet g1 = CodeSet.of(number, false);
            if (g0 == null && g1 == null) {
                known = false;
                continue;
            }
            anyKnown = true;
            extended |= matcher.group(1) != null || (g0 != null && g0.width() > 1) || (g1 != null && g1.width() > 1);
            if (i == 0) {
                // a two-byte set cannot be the first of G0: delimiters would be halves of characters
                low = g0 != null && g0.width() == 1 ? g0 : CodeSet.ISO_646;
                high = g1;
            }
            for (CodeSet half : new CodeSet[] {g0, g1}) {
                if (half != null) {
                    announced.add(half);
                }
            }
        }
        if (!anyKnown) {
            return new SpecificCharacterSet(StandardCharsets.ISO_8859_1, null, false);
        }
        if (extended) {
            return new SpecificCharacterSet(null, new CodeExtensions(low, high, List.copyOf(announced)), known);
        }
        return high == null ? DEFAULT : new SpecificCharacterSet(high.charset(), null, known);
    }

    /** Whether (0008,0005) holds nothing but what the standard defines; if not, the text is a readable stand-in. */
    public boolean known() {
        return known;
    }

    /** Text of the bytes, a backslash being a character like others; what cannot be decoded becomes U+FFFD. */
    public String decode(byte[] bytes, int offset, int length) {
        return extensions == null
                ? new String(bytes, offset, length, charset)
                : extensions
                        .decode(bytes, offset, offset + length, false, false)
                        .get(0);
    }

    /** The values that backslashes separate, with their padding; at least one. */
    public List<String> values(byte[] bytes, int offset, int length, VR vr) {
        if (extensions != null) {
            return extensions.decode(bytes, offset, offset + length, true, vr == VR.PN);
        }
        // decoded before it is split: a byte 5C may be the second half of a character in GBK and GB18030
        String text = new String(bytes, offset, length, charset);
        List<String> values = new ArrayList<>(1);
        int start = 0;
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', start)) {
            values.add(text.substring(start, at));
            start = at + 1;
        }
        values.add(text.substring(start));
        return values;
    }

    /** Bytes of the text; what the set lacks becomes a question mark. */
    public byte[] encode(String text) {
        return extensions == null ? text.getBytes(charset) : extensions.encode(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpecificCharacterSet that
                && known == that.known
                && Objects.equals(charset, that.charset)
                && Objects.equals(extensions, that.extensions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(charset, extensions, known);
    }

    @Override
    public String toString() {
        return extensions == null ? charset.name() : extensions.toString();
    }
}
