package io.prelim.dicom.stream;

/** What a {@link TokenReader} meets next. */
public enum Token {
    /** An element with a plain value. */
    VALUE,
    SEQUENCE_START,
    ITEM_START,
    ITEM_END,
    SEQUENCE_END,
    /** Encapsulated pixel data begins; its fragments follow, the offset table first. */
    FRAGMENTS_START,
    FRAGMENT,
    FRAGMENTS_END,
    /** The data set, or the part of it that was to be read, is at its end. */
    END
}
