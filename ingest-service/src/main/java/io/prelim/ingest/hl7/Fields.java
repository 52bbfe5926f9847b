package io.prelim.ingest.hl7;

import io.prelim.events.Code;
import io.prelim.events.Patient;
import io.prelim.events.Phi;
import io.prelim.ingest.hl7.Refusal.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What data types of HL7 v2 (chapter 2A) mean here. Pure. */
final class Fields {
    /** Characters of a number: accession, order, patient id. */
    static final int LONGEST_ID = 64;

    /** Characters of a code, or of an issuer. */
    static final int LONGEST_CODE = 64;

    private static final int LONGEST_NAME = 320;
    private static final int NAME_COMPONENTS = 5;
    private static final int MOST_REPETITIONS = 32;
    private static final Pattern TIME =
            Pattern.compile("(\\d{4})(\\d{2})?(\\d{2})?(\\d{2})?(\\d{2})?(\\d{2})?(?:\\.\\d{1,4})?([+-]\\d{4})?");

    private Fields() {}

    /** Null for an empty value, which is not known; longer ones are refused, since part of a number is another number. */
    static String id(Segment segment, int field, String value) throws Refused {
        return bounded(segment, field, value, LONGEST_ID);
    }

    static Phi<String> identifier(Segment segment, int field, String value) throws Refused {
        return Phi.ofNullable(id(segment, field, value));
    }

    private static String bounded(Segment segment, int field, String value, int longest) throws Refused {
        if (value.length() > longest) {
            throw new Refused(Refusal.error(
                    segment.name(),
                    segment.sequence(),
                    field,
                    Refusal.DATA_TYPE,
                    "longer than " + longest + " characters"));
        }
        return value.isEmpty() ? null : value;
    }

    /**
     * A patient of PID or MRG: of the ids in a field (CX) that the sender may tell of, that of the issuer that is expected, else the
     * first.
     *
     * @param ids      the field of ids: PID-3, MRG-1
     * @param name     the field of the name: PID-5, MRG-7
     * @param expected issuer of an id that names no assigning authority (CX.4)
     * @throws Refused when there is no id, or none that the sender may tell of
     */
    static Patient patient(Segment segment, int ids, int name, String expected, Hl7Peer sender) throws Refused {
        String found = null;
        String issuer = null;
        boolean foreign = false;
        int count = segment.repetitions(ids, MOST_REPETITIONS);
        for (int i = 0; i < count && !expected.equals(issuer); i++) {
            String repetition = segment.repetition(ids, i);
            String id = id(segment, ids, segment.value(repetition, 1, 1));
            String authority = authority(segment, ids, repetition);
            String its = authority == null ? expected : authority;
            if (id != null && !sender.tellsOf(its)) {
                foreign = true;
            } else if (id != null && (found == null || its.equals(expected))) {
                found = id;
                issuer = its;
            }
        }
        if (found == null && foreign) {
            throw new Refused(new Refusal(
                    Refusal.Code.AR,
                    segment.name(),
                    segment.sequence(),
                    ids,
                    Refusal.NOT_IN_TABLE,
                    "of an issuer that this sender may not tell of"));
        }
        if (found == null) {
            throw new Refused(Refusal.error(
                    segment.name(), segment.sequence(), ids, Refusal.REQUIRED_MISSING, "required field missing"));
        }
        boolean pid = segment.name().equals("PID");
        return new Patient(
                issuer,
                Phi.of(found),
                name(segment, name),
                pid ? Phi.ofNullable(date(segment.value(7, 1))) : null,
                pid ? sex(segment.value(8, 1)) : null);
    }

    /** HD of CX.4: its namespace, else its universal id. */
    private static String authority(Segment segment, int field, String repetition) throws Refused {
        String namespace = segment.value(repetition, 4, 1);
        return bounded(segment, field, namespace.isEmpty() ? segment.value(repetition, 4, 2) : namespace, LONGEST_CODE);
    }

    /** XPN as PN (PS3.5 section 6.2): family, given, middle, prefix, suffix; delimiters of either inside a component are blanks. */
    static Phi<String> name(Segment segment, int field) {
        String repetition = segment.repetition(field, 0);
        int[] order = {1, 2, 3, 5, 4};
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME_COMPONENTS; i++) {
            name.append(i == 0 ? "" : "^")
                    .append(segment.value(repetition, order[i], 1)
                            .replace('^', ' ')
                            .replace('=', ' ')
                            .replace('\\', ' '));
        }
        String joined = name.toString().replaceAll("\\^+$", "");
        return joined.isEmpty() ? null : Phi.of(cut(joined, LONGEST_NAME));
    }

    /** CE or CWE; the scheme is {@code L}, local, where there is none (HL7 table 0396). */
    static Code code(Segment segment, int field) throws Refused {
        String value = bounded(segment, field, segment.value(field, 1), LONGEST_CODE);
        String scheme = bounded(segment, field, segment.value(field, 3), LONGEST_CODE);
        String meaning = segment.value(field, 2);
        return value == null
                ? null
                : new Code(scheme == null ? "L" : scheme, value, meaning.isEmpty() ? null : cut(meaning, LONGEST_NAME));
    }

    /** {@code yyyyMMdd} of a DT or TS that is at least a date, else null. */
    static String date(String value) {
        String day = value.length() < 8 ? "" : value.substring(0, 8);
        try {
            return LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE).format(DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String sex(String value) {
        return value.equals("F") || value.equals("M") || value.equals("O") ? value : null;
    }

    /**
     * A TS that is at least a date.
     *
     * @param zone of one that names none
     */
    static Optional<Instant> time(String value, ZoneId zone) {
        Matcher time = TIME.matcher(value);
        if (!time.matches() || time.group(3) == null) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(time, 1),
                    number(time, 2),
                    number(time, 3),
                    number(time, 4),
                    number(time, 5),
                    number(time, 6));
            ZoneId of = time.group(7) == null ? zone : ZoneOffset.of(time.group(7));
            return Optional.of(local.atZone(of).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher time, int group) {
        return time.group(group) == null ? 0 : Integer.parseInt(time.group(group));
    }

    /** At most so many characters, no half of a pair. */
    static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest));
    }
}
