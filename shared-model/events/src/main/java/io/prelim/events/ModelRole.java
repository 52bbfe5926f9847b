package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What becomes of a deployment's answer: an active one drafts, a shadow one is only recorded. */
public enum ModelRole {
    ACTIVE,
    SHADOW,
    @JsonEnumDefaultValue
    UNKNOWN
}
