package io.prelim.report.store;

import io.prelim.events.ReportChanged;
import io.prelim.report.lifecycle.Claim;
import io.prelim.report.lifecycle.Content;
import io.prelim.report.lifecycle.Frozen;
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
    boolean settled;

    @Column(name = "claimed_by")
    String claimedBy;

    @Column(name = "claimed_since")
    Instant claimedSince;

    int proposals;
    int discrepancies;

    @Column(name = "first_sequence")
    Long firstSequence;

    Long sequence;

    @Column(name = "next_deadline")
    Instant nextDeadline;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "waiting_since")
    Instant waitingSince;

    public UUID reportKey() {
        return reportKey;
    }

    public ReportChanged.Status status() {
        return ReportChanged.Status.valueOf(status);
    }

    /** 0 before the first. */
    public int version() {
        return version;
    }

    /** Of the study, as its newest version has it. */
    public int revision() {
        return revision;
    }

    /** How many wait for a decision. */
    public int proposals() {
        return proposals;
    }

    /** The lifecycle's view of the row. */
    public ReportState state() {
        Content content = new Content(version, revision, planId, settled, digest);
        Claim claim = claimedBy == null ? null : new Claim(claimedBy, claimedSince);
        return switch (state) {
            case "AWAITED" -> new ReportState.Awaited();
            case "DRAFTING" -> new ReportState.Drafting(version, revision, planId, digest);
            case "SETTLED" -> new ReportState.Settled(version, revision, planId, digest);
            case "CLAIMED" -> new Frozen.Claimed(content, claim);
            case "REVIEWED" -> new Frozen.Reviewed(content, claim);
            case "SIGNED_OUTSIDE" -> new Frozen.SignedOutside(content, false);
            case "REVIEWED_SIGNED_OUTSIDE" -> new Frozen.SignedOutside(content, true);
            case "SIGNED", "ADDENDED", "CORRECTED" -> new Frozen.Signed(content, ReportChanged.Status.valueOf(state));
            case "RETRACTED" -> new Frozen.Retracted(content);
            default -> throw new IllegalStateException("report state " + state + " is not known");
        };
    }

    /** How a state is named in the row. */
    static String name(ReportState state) {
        if (state instanceof ReportState.Drafting) {
            return "DRAFTING";
        }
        if (state instanceof ReportState.Settled) {
            return "SETTLED";
        }
        if (state instanceof Frozen.Claimed) {
            return "CLAIMED";
        }
        if (state instanceof Frozen.SignedOutside outside) {
            return outside.reviewed() ? "REVIEWED_SIGNED_OUTSIDE" : "SIGNED_OUTSIDE";
        }
        return state instanceof ReportState.Awaited ? "AWAITED" : state.status().name();
    }

    /** @param at null when no answer is awaited */
    public void nextDeadline(Instant at) {
        nextDeadline = at;
    }
}
