package io.prelim.ingest.assembly;

import io.prelim.events.PartReference;
import io.prelim.events.StudyManifest;
import java.util.Objects;

/**
 * An image of a study as the index has it.
 *
 * @param attributes the manifest's allow-list, its pixels null
 * @param pixels null when the object has no pixel data
 */
public record StoredImage(StudyManifest.Image attributes, PartReference pixels) {
    public StoredImage {
        Objects.requireNonNull(attributes, "attributes");
    }

    String sopInstanceUid() {
        return attributes.sopInstanceUid();
    }

    StudyManifest.Image withPixels() {
        StudyManifest.Image a = attributes;
        return new StudyManifest.Image(
                a.sopInstanceUid(),
                a.sopClassUid(),
                a.seriesInstanceUid(),
                a.transferSyntaxUid(),
                a.instanceNumber(),
                a.modality(),
                a.bodyPart(),
                a.viewPosition(),
                a.laterality(),
                a.manufacturer(),
                a.burnedIn(),
                a.rows(),
                a.columns(),
                a.frames(),
                a.samplesPerPixel(),
                a.planarConfiguration(),
                a.photometricInterpretation(),
                a.bitsAllocated(),
                a.bitsStored(),
                a.highBit(),
                a.pixelRepresentation(),
                a.windowCenter(),
                a.windowWidth(),
                a.rescaleSlope(),
                a.rescaleIntercept(),
                a.pixelSpacing(),
                a.imagePosition(),
                a.imageOrientation(),
                pixels,
                a.frameOfReferenceUid());
    }
}
