package io.prelim.report.store;

import java.util.Locale;

/** What a destination is. */
public enum DestinationType {
    /** Takes DICOM objects. */
    ARCHIVE,
    /** Takes HL7 v2 messages. */
    MLLP,
    /** Is told of changes over HTTP. */
    WEBHOOK;

    /** As settings, figures and log messages call it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
