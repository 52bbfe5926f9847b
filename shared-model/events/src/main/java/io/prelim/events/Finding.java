package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param probability  calibrated, 0 to 1; of a finding that is measured 1 or 0, as the measure says
 * @param threshold    on the calibrated probability: at or above is {@code PRESENT}
 * @param rawScore     what the model put out, before calibration; of a finding that is measured its measure
 * @param calibration  the method, such as {@code platt}
 * @param images       what the finding was read from, at least one
 * @param evidence     saliency or mask; null when the model gives none
 * @param measurements what was measured of it; absent unless the model measures, and then read as empty
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
        @Nullable PartReference evidence,

        @Nullable @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Measurement> measurements) {
    public Finding {
        images = images == null ? List.of() : List.copyOf(images);
        measurements = measurements == null ? List.of() : List.copyOf(measurements);
    }

    /** A finding that is not measured. */
    public Finding(
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
        this(
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
                evidence,
                List.of());
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
                part,
                measurements);
    }

    /** Whether the thing found is there. */
    public enum Presence {
        PRESENT,
        ABSENT,
        INDETERMINATE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * A number with a unit (PS3.16 TID 300).
     *
     * @param code what was measured, such as SCT 118565006, volume
     * @param unit UCUM, such as {@code mL}; {@code 1} of a count
     */
    public record Measurement(Code code, double value, String unit) {}

    /**
     * @param frame             from 1 (PS3.3 C.7.6.16); 0 means the whole object
     * @param seriesInstanceUid null where nobody said
     */
    public record ImageReference(
            String sopInstanceUid,
            String sopClassUid,
            int frame,
            @Nullable String seriesInstanceUid) {
        /** One whose series nobody said. */
        public ImageReference(String sopInstanceUid, String sopClassUid, int frame) {
            this(sopInstanceUid, sopClassUid, frame, null);
        }
    }
}
