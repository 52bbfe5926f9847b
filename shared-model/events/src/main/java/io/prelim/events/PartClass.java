package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a stored part holds; a client of the internal parts endpoint is allowed some classes and no others. */
public enum PartClass {
    /** The data set before pixel data: identifies the patient. */
    HEADER,
    /** Pixel data alone, as received. */
    PIXELS,
    /** The study's geometry, one entry an instance, without identity ({@link StudyManifest}). */
    MANIFEST,
    /** What supports a finding: saliency, masks, key images. */
    EVIDENCE,
    @JsonEnumDefaultValue
    UNKNOWN
}
