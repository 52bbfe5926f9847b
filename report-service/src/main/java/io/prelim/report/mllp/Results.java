package io.prelim.report.mllp;

import io.prelim.events.ReportChanged;
import io.prelim.report.render.hl7.OruReport;
import io.prelim.report.render.sr.StructuredReport;
import io.prelim.report.store.ReportStore;
import io.prelim.report.view.ReportViews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** What goes out as HL7: versions that are settled or signed, and the first that takes back what went out. */
@ApplicationScoped
@Transactional
class Results {
    private final ReportStore reports;
    private final ReportViews views;

    Results(ReportStore reports, ReportViews views) {
        this.reports = reports;
        this.views = views;
    }

    /** The version that a change sends out; empty if it sends none. */
    Optional<Integer> version(ReportChanged change) {
        if (change.status() == ReportChanged.Status.RETRACTED) {
            return reports.takingBack(change.reportKey(), change.version());
        }
        return StructuredReport.sent(change.status(), change.settled())
                ? Optional.of(change.version())
                : Optional.empty();
    }

    /** @throws IllegalStateException if there is no such version */
    byte[] write(UUID reportKey, int version, OruReport.Route route) {
        return reports.version(reportKey, version)
                .map(row -> OruReport.er7(views.of(reportKey, row), route))
                .orElseThrow(() -> new IllegalStateException("it is not there"));
    }
}
