package io.prelim.ingest.priors;

/**
 * A study the archive has of a patient.
 *
 * @param studyDate as the archive writes it, or empty
 */
record PriorStudy(String studyInstanceUid, String studyDate) {}
