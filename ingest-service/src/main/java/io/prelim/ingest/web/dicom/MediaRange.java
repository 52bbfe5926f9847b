package io.prelim.ingest.web.dicom;

import io.prelim.ingest.web.multipart.ContentType;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the media types that a client accepts (RFC 9110 section 12.5.1, PS3.18 section 8.7).
 *
 * @param type           of a part, where {@code multipart}, else of the body: {@code type/subtype}, {@code type/*} or {@code *}{@code /*}; in
 *                       lower case
 * @param multipart      whether it is the {@code type} of {@code multipart/related}
 * @param transferSyntax a UID, {@code *} for any, or null where it does not say
 * @param weight         0 to 1000; 0 is not accepted
 * @param order          its place in the header
 */
public record MediaRange(String type, boolean multipart, String transferSyntax, int weight, int order) {
    public static final String ANY = "*/*";
    private static final int WHOLE = 1000;

    /** Empty when it is no media range. */
    static Optional<MediaRange> parse(String text, int order) {
        return ContentType.parse(text).flatMap(range -> of(range, order));
    }

    private static Optional<MediaRange> of(ContentType range, int order) {
        boolean multipart = range.is("multipart/related") || range.is("multipart/*");
        String root = range.parameter("type");
        String type = !multipart ? range.type() : root == null ? ANY : root.toLowerCase(Locale.ROOT);
        String syntax = range.parameter("transfer-syntax");
        int weight = weight(range.parameter("q"));
        return weight < 0 ? Optional.empty() : Optional.of(new MediaRange(type, multipart, syntax, weight, order));
    }

    /** RFC 9110 section 12.4.2; -1 when it is none. */
    private static int weight(String text) {
        if (text == null) {
            return WHOLE;
        }
        if (!text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
            return -1;
        }
        return (int) Math.round(Double.parseDouble(text) * WHOLE);
    }

    /** Whether it is of anything, in whatever form. */
    boolean any() {
        return type.equals(ANY) && !multipart;
    }

    /** Whether a body, or a part, of this type is what it asks for. */
    boolean covers(String mediaType) {
        return type.equals(ANY)
                || type.equals(mediaType)
                || (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1)));
    }

    /** How closely it says what it wants: more is closer. */
    int precision() {
        int typed = type.equals(ANY) ? 0 : type.endsWith("/*") ? 1 : 2;
        return typed * 2 + (transferSyntax == null || transferSyntax.equals("*") ? 0 : 1);
    }
}
