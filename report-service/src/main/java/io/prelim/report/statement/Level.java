package io.prelim.report.statement;

import java.util.Arrays;
import java.util.Optional;

/** How sure a statement is: the levels of the certainty table, and two that have none. */
public enum Level {
    CONSISTENT,
    PROBABLE,
    POSSIBLE,
    NOT_EXCLUDED,
    NO_CLEAR_SIGN,
    NO_SIGN,
    /** Nobody could tell. */
    OPEN,
    /** Its measure says it all. */
    MEASURED;

    /** Kebab-case, as in the certainty table and the lexicon. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whether it says that something is there. */
    public boolean present() {
        return ordinal() <= NOT_EXCLUDED.ordinal() || this == MEASURED;
    }

    /** Whether it says that something is not there. */
    public boolean absent() {
        return this == NO_CLEAR_SIGN || this == NO_SIGN;
    }

    /** @param key of the certainty table, with or without what comes before its last dot */
    public static Optional<Level> of(String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return Arrays.stream(values()).filter(level -> level.key().equals(last)).findFirst();
    }
}
