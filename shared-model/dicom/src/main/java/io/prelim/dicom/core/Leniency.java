package io.prelim.dicom.core;

/**
 * Named departures from the standard that a reader may let pass. What is let pass is noted, so that it can be counted
 * and shown; what is not named here is refused.
 */
public enum Leniency {
    /** Elements out of ascending tag order (PS3.5 section 7.1); they are sorted. */
    UNSORTED_TAGS,
    /** A tag twice in one data set; the first is kept. */
    DUPLICATE_TAGS,
    /** A value of odd length (PS3.5 section 7.1.1). */
    ODD_LENGTH,
    /** An element without a value representation inside an explicit VR data set. */
    IMPLICIT_IN_EXPLICIT,
    /** A data set whose encoding is not that of its transfer syntax, seen by its first element. */
    OTHER_VR_ENCODING,
    /** Two letters that name no value representation; read as UN with a 32-bit length. */
    UNKNOWN_VR,
    /** Reserved bytes of an explicit VR header that are not zero (PS3.5 section 7.1.2); they are not kept. */
    RESERVED_BYTES,
    /** The input ends where a sequence or item delimiter is due. */
    MISSING_DELIMITER,
    /** A sequence delimiter in a sequence or data set that had a defined length. */
    STRAY_DELIMITER,
    /** A Specific Character Set that the standard does not define; text is then a readable stand-in. */
    UNKNOWN_CHARACTER_SET,
    /** A zlib header (RFC 1950) before deflated data (PS3.5 annex A.5 has none). */
    ZLIB_HEADER,
    /** A file without preamble or prefix (PS3.10 section 7.1), or without file meta information. */
    MISSING_FILE_META
}
