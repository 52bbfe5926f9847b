package io.prelim.ingest.hl7;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import io.prelim.ingest.hl7.Refusal.Refused;
import io.prelim.mllp.MllpBlock;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A message in vertical bar encoding (HL7 v2.5.1 chapter 2): its header, and the segments that are read here, in their order.
 *
 * @param header   MSH
 * @param segments the others
 */
record Hl7Message(Segment header, List<Segment> segments) {
    /** Segments of a message; one more is refused. */
    static final int MOST_SEGMENTS = 10_000;

    /** Bytes of a header; one that is longer is refused. */
    static final int LONGEST_HEADER = 4096;

    private static final Set<String> READ =
            Set.of("PID", "MRG", "ORC", "OBR", "TQ1", "IPC", "ZDS", "TXA", "OBX", "EVN", "PV1", "NTE");

    Hl7Message {
        segments = List.copyOf(segments);
    }

    /**
     * The header alone, which is ASCII but for what is not looked at; for whoever must answer a message that cannot be read.
     *
     * @return empty when the bytes begin with none
     */
    static Optional<Segment> header(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && end < LONGEST_HEADER && bytes[end] != MllpBlock.RETURN) {
            end++;
        }
        String text = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        return delimiters(text).map(found -> new Segment("MSH", 1, text, found));
    }

    /**
     * Reads a message.
     *
     * @param characterSet of a message without MSH-18
     * @throws Refused when it is none
     */
    static Hl7Message parse(byte[] bytes, String characterSet) throws Refused {
        Segment ascii = header(bytes)
                .orElseThrow(() -> new Refused(
                        Refusal.reject("MSH", 0, Refusal.SEGMENT_SEQUENCE, "no message in vertical bar encoding")));
        if (ascii.text().length() == LONGEST_HEADER) {
            throw new Refused(Refusal.reject("MSH", 0, Refusal.DATA_TYPE, "longer than " + LONGEST_HEADER + " bytes"));
        }
        String named = ascii.value(18, 1);
        Charset charset = CharacterSets.of(named.isEmpty() ? characterSet : named)
                .orElseThrow(() ->
                        new Refused(Refusal.reject("MSH", 18, Refusal.NOT_IN_TABLE, "character set not supported")));
        Map<String, Integer> counts = new HashMap<>();
        List<Segment> segments = new ArrayList<>();
        int number = 0;
        for (int begin = 0, end; begin < bytes.length; begin = end + 1) {
            end = begin;
            while (end < bytes.length && bytes[end] != MllpBlock.RETURN) {
                end++;
            }
            // some end segments with CR LF
            int from = begin < end && bytes[begin] == '\n' ? begin + 1 : begin;
            if (from == end) {
                continue;
            }
            if (++number > MOST_SEGMENTS) {
                throw new Refused(Refusal.reject(null, 0, Refusal.SEGMENT_SEQUENCE, "too many segments"));
            }
            String name = new String(bytes, from, Math.min(3, end - from), StandardCharsets.ISO_8859_1);
            if (number > 1 && name.equals("MSH")) {
                throw new Refused(Refusal.reject("MSH", 0, Refusal.SEGMENT_SEQUENCE, "a second header"));
            }
            if (number == 1 || READ.contains(name)) {
                String text = new String(bytes, from, end - from, charset);
                segments.add(new Segment(name, counts.merge(name, 1, Integer::sum), text, ascii.delimiters()));
            }
        }
        return new Hl7Message(segments.get(0), segments.subList(1, segments.size()));
    }

    /** Message code and trigger event of MSH-9, such as {@code ADT^A08}. */
    String type() {
        return header.value(9, 1) + "^" + header.value(9, 2);
    }

    /** The first of a name. */
    Optional<Segment> first(String name) {
        return segments.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The first of a name, which must be there. */
    Segment required(String name) throws Refused {
        return first(name)
                .orElseThrow(() ->
                        new Refused(Refusal.error(name, 1, 0, Refusal.SEGMENT_SEQUENCE, "required segment missing")));
    }

    /** MSH-1 and MSH-2 (section 2.5.4): five characters, none like another, none a letter, digit or control character. */
    private static Optional<EncodingCharacters> delimiters(String header) {
        if (!header.startsWith("MSH") || header.length() < 8) {
            return Optional.empty();
        }
        String given = header.substring(3, 8);
        boolean distinct = given.chars().distinct().count() == 5;
        boolean plain = given.chars().allMatch(each -> each > ' ' && each < 0x7F && !Character.isLetterOrDigit(each));
        return distinct && plain
                ? Optional.of(new EncodingCharacters(given.charAt(0), given.substring(1)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "Hl7Message[" + segments.size() + " segments]";
    }
}
