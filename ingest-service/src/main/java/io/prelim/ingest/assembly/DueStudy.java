package io.prelim.ingest.assembly;

import java.util.List;
import java.util.UUID;

/**
 * A study whose quiet period is over.
 *
 * @param revision the last one, 0 when there is none
 * @param inputDigest of the last revision, null when there is none
 * @param images all images there are; reports, segmentations and documents are not among them
 */
public record DueStudy(
        UUID studyKey, String studyInstanceUid, int revision, String inputDigest, List<StoredImage> images) {
    public DueStudy {
        images = List.copyOf(images);
    }
}
