package io.prelim.dicom.net.dimse;

/**
 * Counts of a C-MOVE's C-STORE sub-operations (PS3.7 section 9.1.4.1.7 to 9.1.4.1.10); -1 where the peer did not tell.
 */
public record SubOperations(int remaining, int completed, int failed, int warning) {}
