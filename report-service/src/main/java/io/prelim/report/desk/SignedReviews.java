package io.prelim.report.desk;

import io.prelim.events.Ids;
import io.prelim.events.ReportReviewed;
import io.prelim.events.ReportReviewed.Difference;
import io.prelim.events.ReportSigned;
import io.prelim.report.review.SignedReview;
import io.prelim.report.store.ReportRow;
import io.prelim.report.store.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells how a draft fared in the reporting system. */
@ApplicationScoped
class SignedReviews {
    private final Versions versions;
    private final ReviewLog log;

    SignedReviews(Versions versions, ReviewLog log) {
        this.versions = versions;
        this.log = log;
    }

    /**
     * Compares what was signed with the draft as it is now, and tells it in codes; once a signed report. Of one without words, or before there is a draft,
     * nothing is told.
     *
     * @return findings of the draft of which it says the opposite
     */
    Set<UUID> review(ReportRow report, ReportSigned signed) {
        if (signed.text() == null || report.state().version() == 0) {
            return Set.of();
        }
        Versions.Current current = versions.current(report);
        List<Difference> all = SignedReview.of(current.draft(), signed.text().reveal());
        List<Difference> differences = all.subList(0, Math.min(all.size(), ReportReviewed.MOST_DIFFERENCES));
        log.append(new ReportReviewed(
                Ids.v5(
                        "signed-review",
                        report.reportKey().toString(),
                        signed.signedReportId().toString()),
                report.reportKey(),
                List.of(signed.studyKey()),
                List.of(signed.studyInstanceUid()),
                current.row().version(),
                ReportReviewed.Source.REPORTING_SYSTEM,
                signed.signedReportId(),
                differences,
                signed.signedAt()));
        return differences.stream()
                .filter(Difference::contradicted)
                .map(Difference::findingId)
                .collect(Collectors.toSet());
    }
}
