package io.prelim.ingest.web.qido;

import io.prelim.dicom.core.Uid;
import io.prelim.ingest.web.BadParameter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Values of keys by how they match: their form, and what of it a database compares. Pure. */
final class Values {
    private static final String TIME = "[0-9]{2}(?:[0-9]{2}(?:[0-9]{2}(?:\\.[0-9]{1,6})?)?)?";
    private static final Pattern DATES = Pattern.compile("([0-9]{8})|([0-9]{8})?-([0-9]{8})?");
    private static final Pattern TIMES = Pattern.compile("(" + TIME + ")|(" + TIME + ")?-(" + TIME + ")?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_UIDS = 1000;
    private static final String FIRST_MOMENT = "000000.000000";
    private static final String LAST_MOMENT = "995959.999999";

    private Values() {}

    /** @param from null for no bound; likewise to, which belongs to the range */
    record Range(String from, String to) {}

    /** @throws BadParameter for what is not of the attribute's form */
    static String checked(Attribute attribute, String value) {
        String name = Attribute.hex(attribute.tag());
        switch (attribute.matching()) {
            case UID -> {
                List<String> uids = uids(value);
                if (uids.size() > MOST_UIDS || !uids.stream().allMatch(Uid::isValid)) {
                    throw new BadParameter(name, "must be UIDs with commas between them, at most " + MOST_UIDS);
                }
            }
            case DATE -> {
                if (value.equals("-") || !DATES.matcher(value).matches()) {
                    throw new BadParameter(name, "must be a date YYYYMMDD, or a range of dates");
                }
            }
            case TIME -> {
                if (value.equals("-") || !TIMES.matcher(value).matches()) {
                    throw new BadParameter(name, "must be a time HHMMSS.FFFFFF, or a range of times");
                }
            }
            case NUMBER -> {
                if (!NUMBER.matcher(value).matches()) {
                    throw new BadParameter(name, "must be a whole number");
                }
            }
            default -> {
                if (value.length() > LONGEST_TEXT || value.chars().anyMatch(Character::isISOControl)) {
                    throw new BadParameter(name, "must be at most " + LONGEST_TEXT + " characters, none a control");
                }
            }
        }
        return value;
    }

    static List<String> uids(String value) {
        return Arrays.asList(value.split("[,\\\\]", -1));
    }

    static Range dates(String value) {
        var parts = DATES.matcher(value);
        parts.matches();
        String single = parts.group(1);
        return single != null ? new Range(single, single) : new Range(parts.group(2), parts.group(3));
    }

    /** Bounds HHMMSS.FFFFFF: a time that says less begins at its first moment and ends with its last. */
    static Range times(String value) {
        var parts = TIMES.matcher(value);
        parts.matches();
        String single = parts.group(1);
        String from = single != null ? single : parts.group(2);
        String to = single != null ? single : parts.group(3);
        return new Range(
                from == null ? null : from + FIRST_MOMENT.substring(from.length()),
                to == null ? null : to + LAST_MOMENT.substring(to.length()));
    }

    static boolean wild(String value) {
        return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
    }

    /** As SQL's LIKE has it, with a backslash before what is meant as it stands. */
    static String pattern(String value) {
        StringBuilder pattern = new StringBuilder(value.length() + 8);
        for (char c : value.toCharArray()) {
            switch (c) {
                case '*' -> pattern.append('%');
                case '?' -> pattern.append('_');
                case '%', '_', '\\' -> pattern.append('\\').append(c);
                default -> pattern.append(c);
            }
        }
        return pattern.toString();
    }
}
