package io.prelim.report.web;

import io.prelim.events.ReportChanged;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a request's parameters strictly: an answer to a question that was not asked is worse than none. */
public final class Parameters {
    private static final Pattern UID = Pattern.compile("[0-9][0-9.]{0,63}");
    private static final Pattern KEY =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private static final Pattern TEXT = Pattern.compile("\\P{Cntrl}{1,128}");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private Parameters() {}

    /** @throws BadParameter if there is another, or one of these twice or without a value */
    static void only(UriInfo uri, String... names) {
        Set<String> known = Set.of(names);
        uri.getQueryParameters().forEach((name, values) -> {
            if (!known.contains(name)) {
                String expected = names.length == 0 ? "" : "; known are " + String.join(", ", names);
                throw new BadParameter("query", "has a parameter that is not known" + expected);
            }
            if (values.size() > 1) {
                throw new BadParameter(name, "is given more than once");
            }
            if (values.get(0).isEmpty()) {
                throw new BadParameter(name, "has no value");
            }
        });
    }

    static boolean isKey(String value) {
        return KEY.matcher(value).matches();
    }

    public static UUID key(String name, String value) {
        if (!isKey(value)) {
            throw new BadParameter(name, "must be a UUID");
        }
        return UUID.fromString(value);
    }

    static String digest(String name, String value) {
        if (!DIGEST.matcher(value).matches()) {
            throw new BadParameter(name, "must be sha256: and 64 hexadecimal digits in lower case");
        }
        return value;
    }

    /** Null stays null. */
    static String uid(String name, String value) {
        if (value != null && !UID.matcher(value).matches()) {
            throw new BadParameter(name, "must be a UID: digits and dots, at most 64 characters");
        }
        return value;
    }

    /** Null stays null. */
    static ReportChanged.Status status(String name, String value) {
        return value == null ? null : oneOf(name, value, ReportChanged.Status.values());
    }

    /** One of an enum's names in any case; {@code UNKNOWN} is none to ask for. */
    static <T extends Enum<T>> T oneOf(String name, String value, T[] values) {
        List<T> known = Arrays.stream(values)
                .filter(each -> !each.name().equals("UNKNOWN"))
                .toList();
        return known.stream()
                .filter(each -> each.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadParameter(
                        name, "must be one of " + known.stream().map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** Null stays null. */
    static String text(String name, String value) {
        if (value != null && !TEXT.matcher(value).matches()) {
            throw new BadParameter(name, "must be 1 to 128 characters, none of them a control character");
        }
        return value;
    }

    /** Null stays null. */
    static Double fraction(String name, String value) {
        if (value == null) {
            return null;
        }
        if (value.matches("[01](\\.[0-9]{0,17})?")) {
            double fraction = Double.parseDouble(value);
            if (fraction <= 1) {
                return fraction;
            }
        }
        throw new BadParameter(name, "must be a number from 0 to 1, such as 0.5");
    }

    /** Null stays null; a day is its beginning, UTC. */
    public static Instant time(String name, String value) {
        if (value == null) {
            return null;
        }
        try {
            Instant time = value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(LAST)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new BadParameter(
                name, "must be a day such as 2026-03-01, or a time such as 2026-03-01T08:00:00Z, from 1970 to 9999");
    }

    /** @return {@code other} for null */
    public static long number(String name, String value, long from, long to, long other) {
        if (value == null) {
            return other;
        }
        if (value.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(value);
            if (number >= from && number <= to) {
                return number;
            }
        }
        throw new BadParameter(name, "must be a whole number from " + from + " to " + to);
    }
}
