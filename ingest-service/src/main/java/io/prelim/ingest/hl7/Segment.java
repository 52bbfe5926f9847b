package io.prelim.ingest.hl7;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escape;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One segment, read where it is asked: fields, repetitions, components and subcomponents are found by their delimiters, so that a
 * segment of delimiters alone costs nothing.
 *
 * @param name      of three characters
 * @param sequence  which of the segments of that name in its message, from 1
 * @param text      as received, without CR
 */
record Segment(String name, int sequence, String text, EncodingCharacters delimiters) {
    /** Of the whole field as it stands; empty when it is absent. In MSH the first field is the separator itself. */
    String field(int number) {
        int index = name.equals("MSH") ? number - 1 : number;
        return part(text, delimiters.getFieldSeparator(), index);
    }

    /** Of a field's first repetition, as text of one line; empty when it is absent. */
    String value(int field, int component) {
        return value(repetition(field, 0), component, 1);
    }

    /** The repetition at an index from 0; empty when there is none. */
    String repetition(int field, int index) {
        return part(field(field), delimiters.getRepetitionSeparator(), index);
    }

    /** How many repetitions, counted up to a limit. */
    int repetitions(int field, int limit) {
        String whole = field(field);
        int count = whole.isEmpty() ? 0 : 1;
        for (int i = 0; i < whole.length() && count < limit; i++) {
            count += whole.charAt(i) == delimiters.getRepetitionSeparator() ? 1 : 0;
        }
        return count;
    }

    /** Of a repetition: unescaped, without control characters; {@code ""}, which deletes a value, is empty too. */
    String value(String repetition, int component, int subcomponent) {
        String found = part(
                part(repetition, delimiters.getComponentSeparator(), component - 1),
                delimiters.getSubcomponentSeparator(),
                subcomponent - 1);
        return found.equals("\"\"") ? "" : plain(Escape.unescape(found, delimiters));
    }

    /**
     * The lines of a field of words (TX, FT, ST): its repetitions, broken where a formatting command of section 2.7.6 says so. What
     * looks like a component is taken for words, as senders mean it.
     *
     * @param most the rest is left out
     */
    List<String> lines(int field, int most) {
        String escape = Pattern.quote(String.valueOf(delimiters.getEscapeCharacter()));
        String repetition = Pattern.quote(String.valueOf(delimiters.getRepetitionSeparator()));
        return Pattern.compile(
                        repetition + "|" + escape + "\\.(?:br|sp\\+?\\d{0,4})" + escape, Pattern.CASE_INSENSITIVE)
                .splitAsStream(field(field))
                .limit(most)
                .map(line -> plain(Escape.unescape(line, delimiters)))
                .toList();
    }

    private static String part(String whole, char delimiter, int index) {
        int begin = 0;
        for (int i = 0; i < index; i++) {
            int end = whole.indexOf(delimiter, begin);
            if (end < 0) {
                return "";
            }
            begin = end + 1;
        }
        int end = whole.indexOf(delimiter, begin);
        return whole.substring(begin, end < 0 ? whole.length() : end);
    }

    private static String plain(String value) {
        return value.codePoints()
                .map(each -> each == '\n' || each == '\r' || each == '\t' ? ' ' : each)
                .filter(each -> !Character.isISOControl(each) && !(each >= 0xD800 && each <= 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    @Override
    public String toString() {
        return name + "[" + sequence + "]";
    }
}
