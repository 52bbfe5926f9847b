package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How soon a study must be read (HL7 v2 TQ1-9, DICOM (0040,1003)): {@code STAT} travels on its own lane. */
public enum Priority {
    STAT,
    ROUTINE,
    @JsonEnumDefaultValue
    UNKNOWN;

    /** The lane a job of this priority travels on; what is not known to be urgent is routine. */
    public String lane() {
        return this == STAT ? "stat" : "routine";
    }
}
