/**
 * The segment log: append, group sync, read by range. Knows bytes and digests, nothing of DICOM, databases or frameworks.
 *
 * <p>ingest-service owns the one log of a volume and keeps the index that says where a part lies; nobody else calls this
 * package. {@link io.prelim.store.SegmentLog} is the entrance.
 */
package io.prelim.store;
