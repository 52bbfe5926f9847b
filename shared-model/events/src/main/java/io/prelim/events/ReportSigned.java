package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person signed a report of the study in the reporting system, for the report alone. Identified, since its words may name the patient:
 * restricted topic {@link Topics#REPORT_SIGNED}, kept 48 h. Only told of a study of the very patient that the report names.
 *
 * @param signedReportId of what was signed: the same message again has the same
 * @param sender         who handed it on, as ingest's configuration names them
 * @param signedAt       as the report says, or else when it was sent
 * @param text           its words, lines joined by {@code \n}; null where it holds none, such as a report that is a picture of pages
 */
public record ReportSigned(
        UUID studyKey,
        String studyInstanceUid,
        UUID signedReportId,
        String sender,
        Status status,
        Instant signedAt,
        @Nullable Phi<String> text)
        implements Event {
    /** Characters of a text, at most. */
    public static final int LONGEST_TEXT = 200_000;

    @Override
    public String key() {
        return studyKey.toString();
    }

    /** What the signature made of it. */
    public enum Status {
        /** Signed for the first time. */
        FINAL,
        /** It stands for one signed before. */
        CORRECTED,
        /** It adds to one signed before. */
        ADDENDUM,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
