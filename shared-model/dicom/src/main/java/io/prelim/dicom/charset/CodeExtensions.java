package io.prelim.dicom.charset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Text with code extensions (PS3.5 section 6.1.2.5): escape sequences switch between sets, and what ends a value, a component
 * of a name or a line switches back to the first. A byte 5C inside a two-byte character ends nothing. Every escape sequence of
 * the standard is followed, whether or not (0008,0005) announces its set: it can mean nothing else.
 *
 * @param low the set of the bytes below 80 at first
 * @param high the set of those above at first, or null
 * @param announced the sets that text is written in, in order of preference
 */
record CodeExtensions(CodeSet low, CodeSet high, List<CodeSet> announced) {
    private static final char REPLACEMENT = '\uFFFD';

    CodeExtensions {
        announced = List.copyOf(announced);
    }

    /**
     * The values of the bytes.
     *
     * @param separated whether a backslash separates values
     * @param name whether {@code ^} and {@code =} part a name
     */
    List<String> decode(byte[] bytes, int start, int end, boolean separated, boolean name) {
        List<String> values = new ArrayList<>(1);
        StringBuilder text = new StringBuilder(end - start);
        CodeSet g0 = low;
        CodeSet g1 = high;
        int at = start;
        while (at < end) {
            int octet = bytes[at] & 0xFF;
            CodeSet active = octet < 0x80 ? g0 : g1;
            if (octet == CodeSet.ESCAPE) {
                CodeSet designated = CodeSet.at(bytes, at, end);
                if (designated == null) {
                    text.append(REPLACEMENT);
                    at++;
                } else {
                    g0 = designated.low() ? designated : g0;
                    g1 = designated.low() ? g1 : designated;
                    at += designated.sequence().length;
                }
            } else if (octet <= ' ' || active == null || active.width() == 1) {
                if (resets(octet, separated, name)) {
                    g0 = low;
                    g1 = high;
                }
                if (separated && octet == '\\') {
                    values.add(text.toString());
                    text.setLength(0);
                } else {
                    text.append(octet <= ' ' ? (char) octet : single(active, bytes, at));
                }
                at++;
            } else {
                int stop = pairs(bytes, at, end);
                if (stop == at) {
                    text.append(REPLACEMENT);
                    at++;
                } else {
                    text.append(new String(bytes, at, stop - at, active.charset()));
                    at = stop;
                }
            }
        }
        values.add(text.toString());
        return values;
    }

    private static boolean resets(int octet, boolean separated, boolean name) {
        return switch (octet) {
            case '\t', '\n', '\f', '\r' -> true;
            case '\\' -> separated;
            case '^', '=' -> name;
            default -> false;
        };
    }

    private static char single(CodeSet set, byte[] bytes, int at) {
        return set == null ? REPLACEMENT : new String(bytes, at, 1, set.charset()).charAt(0);
    }

    /** The end of the two-byte characters that begin here: both bytes of 94 in the same half (ISO/IEC 2022). */
    private static int pairs(byte[] bytes, int start, int end) {
        int half = bytes[start] & 0x80;
        int at = start;
        while (at + 1 < end && ofHalf(bytes[at], half) && ofHalf(bytes[at + 1], half)) {
            at += 2;
        }
        return at;
    }

    private static boolean ofHalf(byte octet, int half) {
        int value = (octet & 0xFF) - half;
        return value > 0x20 && value < 0x7F;
    }

    /**
     * The text in the sets announced, each run behind its escape sequence; what none of them holds becomes a question mark.
     * Before whatever may end a value, a component or a line, and at the end, the first sets are in force again.
     */
    byte[] encode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        Map<CodeSet, CharsetEncoder> encoders = new EnumMap<>(CodeSet.class);
        CodeSet g0 = low;
        CodeSet g1 = high;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            CodeSet set = character < 0x80 ? low : holding(character, g0, g1, encoders);
            if (set == null) {
                set = low;
                character = '?';
            }
            if (set.low() && set != g0) {
                out.writeBytes(set.sequence());
                g0 = set;
            } else if (!set.low() && set != g1) {
                out.writeBytes(set.sequence());
                g1 = set;
            }
            out.writeBytes(bytes(character, set));
            if (resets(character, true, true)) {
                g1 = high;
            }
        }
        if (g0 != low) {
            out.writeBytes(low.sequence());
        }
        return out.toByteArray();
    }

    /** The set in force that holds the character, else the first one announced that does, else null. */
    private CodeSet holding(char character, CodeSet g0, CodeSet g1, Map<CodeSet, CharsetEncoder> encoders) {
        List<CodeSet> candidates = new ArrayList<>(announced.size() + 2);
        candidates.add(g0);
        if (g1 != null) {
            candidates.add(g1);
        }
        candidates.addAll(announced);
        for (CodeSet set : candidates) {
            CharsetEncoder encoder = encoders.computeIfAbsent(
                    set, each -> each.charset().newEncoder().onUnmappableCharacter(CodingErrorAction.REPORT));
            if (encoder.canEncode(character) && fits(bytes(character, set), set)) {
                return set;
            }
        }
        return null;
    }

    private static byte[] bytes(char character, CodeSet set) {
        return String.valueOf(character).getBytes(set.charset());
    }

    /** A charset of Java may hold more than the half of the set that its escape sequence designates. */
    private static boolean fits(byte[] bytes, CodeSet set) {
        return bytes.length == set.width() && (bytes[0] < 0) != set.low();
    }
}
