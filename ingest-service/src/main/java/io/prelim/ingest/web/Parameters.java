package io.prelim.ingest.web;

import io.prelim.ingest.ledger.StudyView;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads a request's parameters strictly: an answer to a question that was not asked is worse than none. */
public final class Parameters {
    private static final Pattern UID = Pattern.compile("[0-9][0-9.]{0,63}");
    private static final Pattern KEY =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Pattern MODEL = Pattern.compile("sha256:[0-9a-f]{64}|[a-z0-9][a-z0-9-]{0,99}");

    private Parameters() {}

    /** @throws BadParameter if there is another, or one of these twice */
    public static void only(UriInfo uri, Set<String> names) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw new BadParameter("query", "has a parameter that is not known; known are " + new TreeSet<>(names));
            }
            if (values.size() > 1) {
                throw new BadParameter(name, "is given more than once");
            }
        });
    }

    static UUID key(String name, String value) {
        if (!KEY.matcher(value).matches()) {
            throw new BadParameter(name, "must be a UUID");
        }
        return UUID.fromString(value);
    }

    /** A deployment's name, or a digest. */
    static String model(String name, String value) {
        if (value == null || !MODEL.matcher(value).matches()) {
            throw new BadParameter(name, "must be a deployment's name, or sha256: and 64 hexadecimal digits");
        }
        return value;
    }

    static Instant instant(String name, String value) {
        try {
            return OffsetDateTime.parse(value == null ? "" : value).toInstant();
        } catch (DateTimeException e) {
            throw new BadParameter(name, "must be a time with its zone, such as 2026-11-01T00:00:00Z");
        }
    }

    /** Null stays null. */
    public static String uid(String name, String value) {
        if (value != null && !UID.matcher(value).matches()) {
            throw new BadParameter(name, "must be a UID: digits and dots, at most 64 characters");
        }
        return value;
    }

    /** @return {@code other} for null */
    public static int number(String name, String value, int from, int to, int other) {
        if (value == null) {
            return other;
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= from && number <= to) {
                return number;
            }
        }
        throw new BadParameter(name, "must be a whole number from " + from + " to " + to);
    }

    /** False for null. */
    public static boolean truth(String name, String value) {
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new BadParameter(name, "must be true or false");
        }
        return "true".equals(value);
    }

    /** Opaque to clients. */
    static String cursor(StudyView.Cursor cursor) {
        String text = cursor.receivedAt() + " " + cursor.studyKey();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Null stays null. */
    static StudyView.Cursor cursor(String name, String value) {
        if (value == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.US_ASCII).split(" ", -1);
            if (parts.length == 2) {
                return new StudyView.Cursor(Instant.parse(parts[0]), key(name, parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // said below
        }
        throw new BadParameter(name, "must be the \"next\" of a page");
    }
}
