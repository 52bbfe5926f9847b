/** The segment log: append, group sync, read by range. Knows bytes and digests, nothing of DICOM or databases. */
package io.prelim.store;
