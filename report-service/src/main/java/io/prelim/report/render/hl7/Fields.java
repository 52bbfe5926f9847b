package io.prelim.report.render.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.util.Terser;
import io.prelim.events.Code;
import io.prelim.report.draft.PlainText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes fields of segments. What is empty or null is left out; delimiters are the library's to escape. */
final class Fields {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Fields() {}

    /** The components of a field, from the first. */
    static void set(Segment segment, int field, String... components) throws HL7Exception {
        for (int i = 0; i < components.length; i++) {
            if (components[i] != null && !components[i].isEmpty()) {
                Terser.set(segment, field, 0, i + 1, 1, components[i]);
            }
        }
    }

    /** CE or CWE: identifier, text, coding system. */
    static void code(Segment segment, int field, Code code) throws HL7Exception {
        set(segment, field, components(code));
    }

    static String[] components(Code code) {
        return new String[] {PlainText.of(code.value()), PlainText.of(code.meaning()), PlainText.of(code.scheme())};
    }

    /** With the offset of UTC. */
    static String time(Instant at) {
        return TIME.format(at) + "+0000";
    }

    /** {@code yyyyMMdd}; null for what is none. */
    static String day(String date) {
        return date != null && date.matches("[12][0-9]{3}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])") ? date : null;
    }
}
