package io.prelim.events;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The images of one revision of a study, without identity: the allow-list of the design, one entry an image.
 * Stored as JSON in a part of class {@link PartClass#MANIFEST}, never sent through Kafka.
 */
public record StudyManifest(UUID studyKey, String studyInstanceUid, int revision, List<Image> images) {
    public StudyManifest {
        images = images == null ? List.of() : List.copyOf(images);
    }

    /**
     * One image. Numbers are as in the object, 0 or null where it does not say.
     *
     * @param frames                  1 or more
     * @param windowCenter            (0028,1050), in the units of rescaled values
     * @param windowWidth             (0028,1051)
     * @param rescaleSlope            (0028,1053), 1 when absent
     * @param rescaleIntercept        (0028,1052), 0 when absent
     * @param pixelSpacing            row, column in mm (0028,0030), or imager pixel spacing (0018,1164); null when absent
     * @param imagePosition           x, y, z in mm (0020,0032)
     * @param imageOrientation        six direction cosines (0020,0037)
     * @param pixels                  the pixel data, in the transfer syntax named; null when the object has none
     * @param frameOfReferenceUid     (0020,0052); null when absent, and from senders that do not tell
     */
    public record Image(
            String sopInstanceUid,
            String sopClassUid,
            String seriesInstanceUid,
            String transferSyntaxUid,
            @Nullable Integer instanceNumber,
            @Nullable String modality,
            @Nullable String bodyPart,
            @Nullable String viewPosition,
            @Nullable String laterality,
            @Nullable String manufacturer,
            boolean burnedIn,
            int rows,
            int columns,
            int frames,
            int samplesPerPixel,
            int planarConfiguration,
            @Nullable String photometricInterpretation,
            int bitsAllocated,
            int bitsStored,
            int highBit,
            int pixelRepresentation,
            @Nullable List<Double> windowCenter,
            @Nullable List<Double> windowWidth,
            double rescaleSlope,
            double rescaleIntercept,
            @Nullable List<Double> pixelSpacing,
            @Nullable List<Double> imagePosition,
            @Nullable List<Double> imageOrientation,
            @Nullable PartReference pixels,
            @Nullable String frameOfReferenceUid) {
        /** One that says no frame of reference. */
        public Image(
                String sopInstanceUid,
                String sopClassUid,
                String seriesInstanceUid,
                String transferSyntaxUid,
                @Nullable Integer instanceNumber,
                @Nullable String modality,
                @Nullable String bodyPart,
                @Nullable String viewPosition,
                @Nullable String laterality,
                @Nullable String manufacturer,
                boolean burnedIn,
                int rows,
                int columns,
                int frames,
                int samplesPerPixel,
                int planarConfiguration,
                @Nullable String photometricInterpretation,
                int bitsAllocated,
                int bitsStored,
                int highBit,
                int pixelRepresentation,
                @Nullable List<Double> windowCenter,
                @Nullable List<Double> windowWidth,
                double rescaleSlope,
                double rescaleIntercept,
                @Nullable List<Double> pixelSpacing,
                @Nullable List<Double> imagePosition,
                @Nullable List<Double> imageOrientation,
                @Nullable PartReference pixels) {
            this(
                    sopInstanceUid,
                    sopClassUid,
                    seriesInstanceUid,
                    transferSyntaxUid,
                    instanceNumber,
                    modality,
                    bodyPart,
                    viewPosition,
                    laterality,
                    manufacturer,
                    burnedIn,
                    rows,
                    columns,
                    frames,
                    samplesPerPixel,
                    planarConfiguration,
                    photometricInterpretation,
                    bitsAllocated,
                    bitsStored,
                    highBit,
                    pixelRepresentation,
                    windowCenter,
                    windowWidth,
                    rescaleSlope,
                    rescaleIntercept,
                    pixelSpacing,
                    imagePosition,
                    imageOrientation,
                    pixels,
                    null);
        }
    }
}
