package io.prelim.ingest.web.multipart;

import java.nio.charset.StandardCharsets;

/**
 * What stands before each part: CRLF, two hyphens, the boundary (RFC 2046 section 5.1.1). Found by Horspool's search, which
 * looks at about one byte in as many as the delimiter is long.
 */
final class Delimiter {
    /** The RFC allows 70; Orthanc's are 73. */
    private static final int MAX_BOUNDARY = 128;

    private static final String PUNCTUATION = "'()+_,-./:=? ";

    private final byte[] pattern;
    private final int[] shift = new int[256];

    private Delimiter(byte[] pattern) {
        this.pattern = pattern;
        java.util.Arrays.fill(shift, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            shift[pattern[i] & 0xFF] = pattern.length - 1 - i;
        }
    }

    /** Whether the text may be a boundary: 1 to 128 characters of a small set, no space at the end. */
    static boolean isBoundary(String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= MAX_BOUNDARY
                && !text.endsWith(" ")
                && text.chars().allMatch(c -> c < 0x7F && Character.isLetterOrDigit(c) || PUNCTUATION.indexOf(c) >= 0);
    }

    static Delimiter of(String boundary) {
        return new Delimiter(("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII));
    }

    int length() {
        return pattern.length;
    }

    /** Where it begins in {@code [from, to)}, or -1. */
    int find(byte[] bytes, int from, int to) {
        int last = pattern.length - 1;
        byte end = pattern[last];
        int at = from + last;
        while (at < to) {
            byte here = bytes[at];
            if (here == end && matches(bytes, at - last)) {
                return at - last;
            }
            at += shift[here & 0xFF];
        }
        return -1;
    }

    private boolean matches(byte[] bytes, int at) {
        for (int i = pattern.length - 2; i >= 0; i--) {
            if (bytes[at + i] != pattern[i]) {
                return false;
            }
        }
        return true;
    }
}
