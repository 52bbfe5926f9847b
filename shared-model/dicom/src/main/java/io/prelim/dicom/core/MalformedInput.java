package io.prelim.dicom.core;

import java.io.IOException;
import java.util.Locale;

/**
 * Input that breaks the standard, or a limit of ours, and is refused: says what, where and how much. Its message never
 * holds a value of the data set, so that it may be logged and returned to the sender.
 */
public final class MalformedInput extends IOException {
    private static final long serialVersionUID = 1L;

    /** The families of refusal that callers answer differently. */
    public enum Kind {
        /** The input ended inside something it had announced. */
        TRUNCATED,
        /** A length, tag or delimiter that cannot stand where it stands. */
        STRUCTURE,
        /** A bound of {@link ReadLimits} was passed. */
        LIMIT,
        /** Legal DICOM that this reader does not read. */
        UNSUPPORTED
    }

    private final Kind kind;
    private final String what;
    private final long offset;
    private final String path;
    private final long amount;

    /**
     * @param kind the family
     * @param what what is wrong, in words, without any value of the data set
     * @param offset bytes from the start of the input
     * @param path tag path such as {@code (0040,A730)[2].(0040,A168)}; empty outside a data set
     * @param amount the length, count or depth found; -1 where none applies
     */
    public MalformedInput(Kind kind, String what, long offset, String path, long amount) {
        super(message(kind, what, offset, path, amount));
        this.kind = kind;
        this.what = what;
        this.offset = offset;
        this.path = path;
        this.amount = amount;
    }

    private static String message(Kind kind, String what, long offset, String path, long amount) {
        StringBuilder text = new StringBuilder(96)
                .append(kind.name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(what);
        if (amount >= 0) {
            text.append(" (").append(amount).append(')');
        }
        text.append(" at byte ").append(offset);
        if (!path.isEmpty()) {
            text.append(" in ").append(path);
        }
        return text.toString();
    }

    public Kind kind() {
        return kind;
    }

    public String what() {
        return what;
    }

    /** Bytes from the start of the input. */
    public long offset() {
        return offset;
    }

    /** The tag path, empty outside a data set. */
    public String path() {
        return path;
    }

    /** The length, count or depth found, or -1. */
    public long amount() {
        return amount;
    }
}
