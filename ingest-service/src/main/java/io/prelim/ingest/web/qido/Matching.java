package io.prelim.ingest.web.qido;

/** How a key is compared with what is stored (PS3.4 section C.2.2.2). */
enum Matching {
    /** A UID, or a list of them. */
    UID,
    /** A date, or a range of dates. */
    DATE,
    /** A time, or a range of times; one that says less stands for all that it may be. */
    TIME,
    /** A text, in which {@code *} and {@code ?} stand for others. */
    TEXT,
    /** The same of a person's name, whatever the case; without an equals sign, of its alphabetic form. */
    NAME,
    /** A whole number. */
    NUMBER,
    /** As {@link #TEXT}, of any of the study's instances. */
    ANY_MODALITY,
    /** Only returned. */
    NONE
}
