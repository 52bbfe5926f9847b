package io.prelim.report.store;

import io.prelim.events.ReportChanged;
import io.prelim.report.lifecycle.ReportState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A report as it stands now. The row is the report's lock: see {@link ReportStore#lock}. */
@Entity
@Table(name = "reports")
public class ReportRow {
    @Id
    @Column(name = "report_key")
    UUID reportKey;

    int version;
    String state;
    String status;
    int revision;

    @Column(name = "plan_id")
    UUID planId;

    String digest;
    String priority;

    @Column(name = "first_sequence")
    Long firstSequence;

    Long sequence;

    @Column(name = "next_deadline")
    Instant nextDeadline;

    @Column(name = "changed_at")
    Instant changedAt;

    public UUID reportKey() {
        return reportKey;
    }

    public ReportChanged.Status status() {
        return ReportChanged.Status.valueOf(status);
    }

    /** The lifecycle's view of the row. */
    public ReportState state() {
        return switch (state) {
            case "DRAFTING" -> new ReportState.Drafting(version, revision, planId, digest);
            case "SETTLED" -> new ReportState.Settled(version, revision, planId, digest);
            default -> new ReportState.Awaited();
        };
    }

    /** @param at null when no answer is awaited */
    public void nextDeadline(Instant at) {
        nextDeadline = at;
    }
}
