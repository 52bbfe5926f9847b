package io.prelim.testkit.badinput;

/** The ways bytes of others come into the house. */
public enum Entrance {
    /** A DICOM association. */
    DIMSE,
    /** STOW-RS. */
    STOW,
    /** WADO-RS and QIDO-RS: what is asked of stored objects, and what they are when they are read. */
    WADO,
    /** HL7 v2 over MLLP. */
    MLLP,
    /** Any other HTTP request. */
    HTTP,
    /** A record of a Kafka topic. */
    KAFKA,
    /** A DICOM file, or bytes read as one. */
    FILE,
    /** DICOM JSON. */
    JSON,
    /** A model package. */
    MODEL
}
