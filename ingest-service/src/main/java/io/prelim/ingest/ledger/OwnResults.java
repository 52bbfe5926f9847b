package io.prelim.ingest.ledger;

import io.prelim.dicom.core.Uid;
import io.prelim.events.Ids;
import java.util.List;
import java.util.UUID;

/**
 * Reports, segmentations and notes that take reports back, which report-service sent to an archive, as they come back from there: known
 * by their series, which follows from the study. Pure. What says it is one and is another does no more than any report of others: neither is an image.
 */
public final class OwnResults {
    private static final String STRUCTURED_REPORTS = Uid.STORAGE_PREFIX + "88.";

    private OwnResults() {}

    /** The series of a study's drafts, segmentations, signed reports and notes that take reports back. */
    public static List<String> series(UUID studyKey) {
        UUID report = Ids.report(studyKey);
        return List.of(
                Uid.of(Ids.documents(report)),
                Uid.of(Ids.segmentations(report)),
                Uid.of(Ids.signedDocuments(report)),
                Uid.of(Ids.rejections(report)));
    }

    /** Whether an object is one. */
    public static boolean has(UUID studyKey, String seriesInstanceUid, String sopClassUid) {
        return (sopClassUid.startsWith(STRUCTURED_REPORTS) || sopClassUid.equals(Uid.SEGMENTATION_STORAGE))
                && series(studyKey).contains(seriesInstanceUid);
    }
}
