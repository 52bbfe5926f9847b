package io.prelim.report.mllp;

import io.prelim.report.delivery.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a receiver says to a message, in original or enhanced mode (HL7 v2.5.1 section 2.9): of its text nothing is kept, as it may quote the message.
 *
 * @param code      MSA-1
 * @param controlId MSA-2
 * @param error     of table 0357, from ERR-3, or ERR-1.4 or MSA-6 as before v2.5; null where it says none
 */
record Acknowledgement(String code, String controlId, String error) {
    private static final Pattern ERROR = Pattern.compile("[0-9]{3}");
    private static final Set<String> TAKEN = Set.of("AA", "CA");
    private static final Set<String> NOT_TAKEN = Set.of("AE", "AR", "CE", "CR");
    /** Record locked, internal error: not about the message. */
    private static final Set<String> PASSES = Set.of("206", "207");
    /** Of the message itself: a segment or field amiss, a type, event, processing id or version not taken. */
    private static final Set<String> STAYS = Set.of("100", "101", "102", "103", "200", "201", "202", "203");

    /** Empty for what is no acknowledgement in vertical bar encoding. */
    static Optional<Acknowledgement> read(byte[] answer) {
        String[] segments = new String(answer, StandardCharsets.ISO_8859_1).split("[\r\n]+", -1);
        if (!segments[0].startsWith("MSH") || segments[0].length() < 5) {
            return Optional.empty();
        }
        String field = Pattern.quote(segments[0].substring(3, 4));
        String component = Pattern.quote(segments[0].substring(4, 5));
        Acknowledgement found = null;
        String error = null;
        for (String segment : segments) {
            String[] fields = segment.split(field, -1);
            if (fields[0].equals("MSA") && found == null) {
                found = new Acknowledgement(at(fields, 1), at(fields, 2), null);
                error = error(at(fields, 6), component, 1);
            } else if (fields[0].equals("ERR") && error == null) {
                error = error(at(fields, 3), component, 1);
                error = error == null ? error(at(fields, 1), component, 4) : error;
            }
        }
        return found == null
                ? Optional.empty()
                : Optional.of(new Acknowledgement(found.code(), found.controlId(), error));
    }

    private static String at(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }

    private static String error(String field, String component, int number) {
        String code = at(field.split(component, -1), number - 1);
        return ERROR.matcher(code).matches() ? code : null;
    }

    /**
     * What that comes to.
     *
     * @param mostRefusals in turn, of those that may pass
     * @return empty for a code that is none of HL7's
     */
    Optional<Answer> answer(int mostRefusals) {
        if (TAKEN.contains(code)) {
            return Optional.of(new Answer.Stored(null));
        }
        if (!NOT_TAKEN.contains(code)) {
            return Optional.empty();
        }
        String problem = error == null ? code : code + " with error " + error;
        if (error != null && STAYS.contains(error)) {
            return Optional.of(new Answer.Refused(problem));
        }
        return Optional.of(
                error != null && PASSES.contains(error)
                        ? new Answer.Later(problem)
                        : new Answer.Later(problem, mostRefusals));
    }
}
