package io.prelim.dicom.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The sets of characters that code extensions switch between (PS3.3 tables C.12-3 and C.12-4, ISO/IEC 2022): each is designated
 * by an escape sequence to G0, the bytes below 80, or to G1, those above.
 */
enum CodeSet {
    ISO_646("(B", 6, "US-ASCII", true, 1),
    JIS_X_0201_ROMAJI("(J", 13, "JIS_X0201", true, 1),
    JIS_X_0208("$B", 87, "x-JIS0208", true, 2),
    JIS_X_0212("$(D", 159, "JIS_X0212-1990", true, 2),
    JIS_X_0201_KATAKANA(")I", 13, "JIS_X0201", false, 1),
    LATIN_1("-A", 100, "ISO-8859-1", false, 1),
    LATIN_2("-B", 101, "ISO-8859-2", false, 1),
    LATIN_3("-C", 109, "ISO-8859-3", false, 1),
    LATIN_4("-D", 110, "ISO-8859-4", false, 1),
    GREEK("-F", 126, "ISO-8859-7", false, 1),
    ARABIC("-G", 127, "ISO-8859-6", false, 1),
    HEBREW("-H", 138, "ISO-8859-8", false, 1),
    CYRILLIC("-L", 144, "ISO-8859-5", false, 1),
    LATIN_5("-M", 148, "ISO-8859-9", false, 1),
    THAI("-T", 166, "TIS-620", false, 1),
    LATIN_9("-b", 203, "ISO-8859-15", false, 1),
    KS_X_1001("$)C", 149, "EUC-KR", false, 2),
    GB_2312("$)A", 58, "GB2312", false, 2);

    static final byte ESCAPE = 0x1B;

    private static final CodeSet[] ALL = values();

    private final byte[] sequence;
    private final int registration;
    private final Charset charset;
    private final boolean low;
    private final int width;

    CodeSet(String sequence, int registration, String charset, boolean low, int width) {
        this.sequence = ("\u001B" + sequence).getBytes(StandardCharsets.US_ASCII);
        this.registration = registration;
        this.charset = Charset.forName(charset);
        this.low = low;
        this.width = width;
    }

    /** The set whose escape sequence stands at a place, or null. */
    static CodeSet at(byte[] bytes, int start, int end) {
        for (CodeSet set : ALL) {
            int stop = start + set.sequence.length;
            if (stop <= end && Arrays.equals(bytes, start, stop, set.sequence, 0, set.sequence.length)) {
                return set;
            }
        }
        return null;
    }

    /** The half of an ISO register entry, such as 87, that goes to G0 or to G1; null when it has none. */
    static CodeSet of(int registration, boolean low) {
        for (CodeSet set : ALL) {
            if (set.registration == registration && set.low == low) {
                return set;
            }
        }
        return null;
    }

    byte[] sequence() {
        return sequence;
    }

    /** For G1 sets, of the bytes with the upper bit set. */
    Charset charset() {
        return charset;
    }

    /** Whether it is designated to G0. */
    boolean low() {
        return low;
    }

    /** Bytes of a character. */
    int width() {
        return width;
    }
}
