package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report has a new version. References only; clients fetch what they may see.
 *
 * @param version     from 1, without gaps
 * @param sequence    global position in the report service's event log
 * @param revision    the study revision the version was drafted from
 * @param settled     every planned answer is in, or overdue
 * @param outcomeIds  the outcomes the version was drafted from
 * @param signedReportIds what was signed of its studies in the reporting system and is kept beside it; null for nothing
 */
public record ReportChanged(
        UUID reportKey,
        List<UUID> studyKeys,
        List<String> studyInstanceUids,
        int version,
        long sequence,
        int revision,
        Status status,
        boolean settled,
        Priority priority,
        List<UUID> outcomeIds,
        Instant changedAt,
        @Nullable List<UUID> signedReportIds)
        implements Event {
    public ReportChanged {
        studyKeys = List.copyOf(studyKeys);
        studyInstanceUids = studyInstanceUids == null ? List.of() : List.copyOf(studyInstanceUids);
        outcomeIds = outcomeIds == null ? List.of() : List.copyOf(outcomeIds);
        signedReportIds = signedReportIds == null || signedReportIds.isEmpty() ? null : List.copyOf(signedReportIds);
    }

    /** Of a report beside which nothing signed is kept. */
    public ReportChanged(
            UUID reportKey,
            List<UUID> studyKeys,
            List<String> studyInstanceUids,
            int version,
            long sequence,
            int revision,
            Status status,
            boolean settled,
            Priority priority,
            List<UUID> outcomeIds,
            Instant changedAt) {
        this(
                reportKey,
                studyKeys,
                studyInstanceUids,
                version,
                sequence,
                revision,
                status,
                settled,
                priority,
                outcomeIds,
                changedAt,
                null);
    }

    @Override
    public String key() {
        return reportKey.toString();
    }

    /** Where a report stands; only {@code DRAFT} is seen by nobody yet. */
    public enum Status {
        DRAFT,
        REVIEWED,
        SIGNED,
        ADDENDED,
        CORRECTED,
        RETRACTED,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
