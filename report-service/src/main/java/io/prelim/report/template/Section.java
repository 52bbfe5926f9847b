package io.prelim.report.template;

import java.util.Locale;

/** The sections of a report, in the order they have unless a template says otherwise. */
public enum Section {
    EXAMINATION,
    INDICATION,
    TECHNIQUE,
    COMPARISON,
    FINDINGS,
    IMPRESSION;

    /** As templates name it: lower case. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it says what the images show: no template puts words of its own there. */
    boolean clinical() {
        return this == FINDINGS || this == IMPRESSION;
    }
}
