package io.prelim.ingest.index;

/** What the index made of an instance; committed when answered. */
public sealed interface IndexOutcome {
    /** Not seen before. */
    record Added() implements IndexOutcome {}

    /** The same pixels and header are there; nothing was written. */
    record Duplicate() implements IndexOutcome {}

    /**
     * The same pixels under another header.
     *
     * @param version 2 or more
     * @param identityChanged whether patient, study or series are named otherwise than in version 1
     */
    record HeaderVersion(int version, boolean identityChanged) implements IndexOutcome {}

    /** Other pixels under this SOP Instance UID; kept aside. */
    record OtherPixels() implements IndexOutcome {}
}
