package io.prelim.report.desk;

import io.prelim.events.ReportChanged;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.DraftJson;
import io.prelim.report.draft.Held;
import io.prelim.report.lifecycle.ReportState;
import io.prelim.report.store.Digests;
import io.prelim.report.store.EventLog;
import io.prelim.report.store.EventLog.VersionLogged;
import io.prelim.report.store.FoundFindings;
import io.prelim.report.store.ReportRow;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.VersionRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes versions: the one place that does. In the caller's transaction, which holds the report's lock. */
@ApplicationScoped
class Versions {
    private final ReportStore reports;
    private final FoundFindings findings;
    private final EventLog log;
    private final Event<VersionLogged> logged;

    Versions(ReportStore reports, FoundFindings findings, EventLog log, Event<VersionLogged> logged) {
        this.reports = reports;
        this.findings = findings;
        this.log = log;
        this.logged = logged;
    }

    /** The newest of a report that has one. */
    Current current(ReportRow report) {
        VersionRow row = reports.version(report.reportKey(), null).orElseThrow();
        return new Current(row, row.read());
    }

    void write(ReportRow report, New version) {
        Draft draft = version.draft();
        boolean retracted = version.status() == ReportChanged.Status.RETRACTED;
        findings.set(
                report.reportKey(),
                version.next().version(),
                draft.revision(),
                retracted ? List.of() : draft.outcomeIds());
        Held held = draft.held();
        // from here on every other report waits for this commit
        long position = log.nextPosition();
        ReportStore.NewVersion row = new ReportStore.NewVersion(
                version.next(),
                position,
                draft.revision(),
                draft.planId(),
                draft.priority(),
                version.status(),
                version.content().digest(),
                version.content().json(),
                version.contextId(),
                version.quotedContextId(),
                held == null ? 0 : held.proposals().size(),
                held == null ? 0 : held.discrepancies().size(),
                version.at());
        ReportChanged change = new ReportChanged(
                report.reportKey(),
                List.of(draft.studyKey()),
                List.of(draft.studyInstanceUid()),
                version.next().version(),
                position,
                draft.revision(),
                version.status(),
                draft.settled(),
                draft.priority(),
                draft.outcomeIds(),
                version.at(),
                draft.signedReportIds());
        reports.write(report, row);
        log.append(change);
        logged.fire(new VersionLogged(change, version.overdue(), version.waited()));
    }

    /** A version and the draft it holds. */
    record Current(VersionRow row, Draft draft) {}

    /** A draft as it is stored. */
    record Content(String json, String digest) {
        static Content of(Draft draft) {
            byte[] json = DraftJson.write(draft);
            return new Content(new String(json, StandardCharsets.UTF_8), Digests.sha256(json));
        }
    }

    /**
     * A version to be written.
     *
     * @param quotedContextId null where the words quote the version's own context
     * @param overdue         whether a deadline caused it
     * @param waited          as {@link VersionLogged#waited}
     */
    record New(
            ReportState next,
            Draft draft,
            Content content,
            ReportChanged.Status status,
            Long contextId,
            Long quotedContextId,
            Instant at,
            boolean overdue,
            Duration waited) {}
}
