package io.prelim.report.web;

import io.prelim.events.ReportChanged;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a request's parameters strictly: an answer to a question that was not asked is worse than none. */
final class Parameters {
    private static final Pattern UID = Pattern.compile("[0-9][0-9.]{0,63}");
    private static final Pattern KEY =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private Parameters() {}

    /** @throws BadParameter if there is another, or one of these twice */
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
        });
    }

    static UUID key(String name, String value) {
        if (!KEY.matcher(value).matches()) {
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
        if (value == null) {
            return null;
        }
        List<ReportChanged.Status> known = Arrays.stream(ReportChanged.Status.values())
                .filter(status -> status != ReportChanged.Status.UNKNOWN)
                .toList();
        return known.stream()
                .filter(status -> status.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadParameter(
                        name, "must be one of " + known.stream().map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** @return {@code other} for null */
    static long number(String name, String value, long from, long to, long other) {
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
