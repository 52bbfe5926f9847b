package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing a model says about a study, coded.
 *
 * @param findingId    UUIDv5 of outcome id and the finding's name in the manifest
 * @param name         the finding's name in the manifest
 * @param site         anatomical site; null when the code implies it
 * @param laterality   {@code L}, {@code R}, {@code B}; null when it has none
 * @param probability  calibrated, 0 to 1
 * @param threshold    on the calibrated probability: at or above is {@code PRESENT}
 * @param rawScore     what the model put out, before calibration
 * @param calibration  the method, such as {@code platt}
 * @param images       what the finding was read from, at least one
 * @param evidence     saliency or mask; null when the model gives none
 */
public record Finding(
        UUID findingId,
        String name,
        Code code,
        @Nullable Code site,
        @Nullable String laterality,
        Presence presence,
        double probability,
        double threshold,
        double rawScore,
        String calibration,
        boolean urgent,
        List<ImageReference> images,
        @Nullable PartReference evidence) {
    public Finding {
        images = images == null ? List.of() : List.copyOf(images);
    }

    /** The same with other evidence, or with none. */
    public Finding withEvidence(@Nullable PartReference part) {
        return new Finding(
                findingId,
                name,
                code,
                site,
                laterality,
                presence,
                probability,
                threshold,
                rawScore,
                calibration,
                urgent,
                images,
                part);
    }

    /** Whether the thing found is there. */
    public enum Presence {
        PRESENT,
        ABSENT,
        INDETERMINATE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** @param frame from 1 (PS3.3 C.7.6.16); 0 means the whole object */
    public record ImageReference(String sopInstanceUid, String sopClassUid, int frame) {}
}
