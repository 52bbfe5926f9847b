package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * An imaging order as it stands, whole: what is left out is not known. Identified. It has a placer order number, a filler order
 * number, or both.
 *
 * @param issuer            of the order numbers
 * @param placerOrderNumber ORC-2.1
 * @param fillerOrderNumber ORC-3.1
 * @param accessionIssuer   of {@link #accessionNumber}; never missing beside it
 * @param accessionNumber   IPC-1.1, OBR-18, (0008,0050)
 * @param studyInstanceUid  IPC-3.1, of the study that is to be
 * @param procedure         as ordered, OBR-4
 * @param priority          TQ1-9, ORC-7.6 or OBR-27.6
 * @param indication        why, OBR-31 or OBR-13
 * @param site              the site whose policy applies; null for that of the reader
 */
public record Order(
        String issuer,
        @Nullable Phi<String> placerOrderNumber,
        @Nullable Phi<String> fillerOrderNumber,
        @Nullable String accessionIssuer,
        @Nullable Phi<String> accessionNumber,
        @Nullable String studyInstanceUid,
        Patient patient,
        @Nullable Code procedure,
        Priority priority,
        @Nullable Phi<String> indication,
        Status status,
        @Nullable String site) {
    /** How far it is (HL7 table 0038). */
    public enum Status {
        SCHEDULED,
        IN_PROGRESS,
        COMPLETED,
        /** Cancelled, discontinued or replaced: studies are no longer matched to it. */
        CANCELLED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** What its key is of: the placer's number, or the filler's when the placer gave none; null when there is neither. */
    @JsonIgnore
    public @Nullable Phi<String> number() {
        return placerOrderNumber != null ? placerOrderNumber : fillerOrderNumber;
    }
}
