package io.prelim.ingest.commitment;

import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.net.dimse.StorageCommitment.Instance;

/**
 * An instance that commitment is asked for, beside what the index has of it.
 *
 * @param item its place in the request, from 0
 * @param storedClassUid class of the instance stored under that UID; null when none is
 * @param keptAside whether the requester sent other pixels under that UID, which were refused
 * @param copied whether the second copy, where there is to be one, has its bytes
 */
record Reference(int item, Instance instance, String storedClassUid, boolean keptAside, boolean copied) {
    /** Committed. */
    static final int COMMITTED = 0;

    /**
     * The one place that says what is committed: what the index has lies synced on the durable volume, and in the second copy where there
     * is to be one, and will be kept.
     *
     * @return {@link #COMMITTED}, or the failure reason (PS3.3 section C.14.1.1)
     */
    int failureReason() {
        if (storedClassUid == null) {
            return StorageCommitment.NO_SUCH_OBJECT_INSTANCE;
        }
        if (!storedClassUid.equals(instance.sopClassUid())) {
            return StorageCommitment.CLASS_INSTANCE_CONFLICT;
        }
        // the requester would delete pixels that are not those stored under the UID
        return keptAside || !copied ? StorageCommitment.PROCESSING_FAILURE : COMMITTED;
    }

    /** Whether it may still come in, or into the second copy. */
    boolean missing() {
        return storedClassUid == null || !copied;
    }
}
