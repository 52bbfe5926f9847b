package io.prelim.ingest.web.multipart;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type with its parameters (RFC 9110 section 8.3.1).
 *
 * @param type as in {@code application/dicom}, in lower case
 * @param parameters by name in lower case; values as they are, quotes taken off
 */
public record ContentType(String type, Map<String, String> parameters) {
    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={} \t";

    public ContentType {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The parameter, or null. */
    public String parameter(String name) {
        return parameters.get(name);
    }

    public boolean is(String other) {
        return type.equals(other);
    }

    /**
     * Reads a header's value. A value of a parameter that stands without quotes though it needs them, such as
     * {@code type=application/dicom}, is let pass, since many clients send it.
     *
     * @return nothing when it is no media type, or names a parameter twice
     */
    public static Optional<ContentType> parse(String text) {
        int end = text.indexOf(';') < 0 ? text.length() : text.indexOf(';');
        String type = text.substring(0, end).strip().toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        if (slash < 0 || !token(type.substring(0, slash)) || !token(type.substring(slash + 1))) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = end;
        while (at < text.length()) {
            at = skipSpace(text, at + 1);
            if (at == text.length() || text.charAt(at) == ';') {
                continue; // an empty parameter (RFC 9110 section 5.6.6)
            }
            int equals = text.indexOf('=', at);
            if (equals < 0 || !token(text.substring(at, equals))) {
                return Optional.empty();
            }
            StringBuilder value = new StringBuilder();
            int after = value(text, equals + 1, value);
            if (after < 0
                    || parameters.put(text.substring(at, equals).toLowerCase(Locale.ROOT), value.toString()) != null) {
                return Optional.empty();
            }
            at = after;
        }
        return Optional.of(new ContentType(type, parameters));
    }

    /** Reads one value; where the semicolon behind it stands, or the end; -1 when it is none. */
    private static int value(String text, int from, StringBuilder into) {
        if (from == text.length() || text.charAt(from) != '"') {
            int end = text.indexOf(';', from) < 0 ? text.length() : text.indexOf(';', from);
            into.append(text.substring(from, end).strip());
            return into.isEmpty() || into.indexOf("\"") >= 0 || into.indexOf(" ") >= 0 ? -1 : end;
        }
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 1 : 0;
            if (at == text.length()) {
                return -1;
            }
            into.append(text.charAt(at++));
        }
        int end = at < text.length() ? skipSpace(text, at + 1) : -1;
        return end >= 0 && (end == text.length() || text.charAt(end) == ';') ? end : -1;
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean token(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F && SEPARATORS.indexOf(c) < 0);
    }
}
