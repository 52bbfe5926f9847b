package io.prelim.report.desk;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Ids;
import io.prelim.events.PatientContext;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Facts;
import io.prelim.report.lifecycle.Frozen;
import io.prelim.report.lifecycle.Move;
import io.prelim.report.lifecycle.ReportState;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.review.Holding;
import io.prelim.report.store.EventLog;
import io.prelim.report.store.EventLog.VersionLogged;
import io.prelim.report.store.FactStore;
import io.prelim.report.store.ReportRow;
import io.prelim.report.store.ReportStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Takes facts in any order, any number of times. A report is changed by one transaction at a time; a fact that was there already, or
 * that changes nothing of what is said, writes no version.
 */
@ApplicationScoped
public class DraftingDesk {
    private static final OperatorLog LOG = OperatorLog.of(DraftingDesk.class);

    private final FactStore facts;
    private final ReportStore reports;
    private final EventLog log;
    private final Offers offers;
    private final Versions versions;
    private final Narration narration;
    private final SignedReviews reviews;

    DraftingDesk(
            FactStore facts,
            ReportStore reports,
            EventLog log,
            Offers offers,
            Versions versions,
            Narration narration,
            SignedReviews reviews) {
        this.facts = facts;
        this.reports = reports;
        this.log = log;
        this.offers = offers;
        this.versions = versions;
        this.narration = narration;
        this.reviews = reviews;
    }

    /**
     * The images of a study. Told again, it asks: ingest tells until it has seen the report, and the broker may have lost what it
     * was told.
     */
    @Transactional
    public void accept(StudyReceived event) {
        ReportRow report = lock(event.studyKey(), event.studyInstanceUid());
        if (facts.insert(event)) {
            redraft(report, event.studyKey(), false);
        } else {
            log.tellAgain(report.reportKey());
        }
    }

    /** Whom a study is about. */
    @Transactional
    public void accept(PatientContext event) {
        ReportRow report = lock(event.studyKey(), event.studyInstanceUid());
        if (facts.insert(event)) {
            redraft(report, event.studyKey(), false);
        }
    }

    /** Who must answer for a study. */
    @Transactional
    public void accept(AnalysisPlanned event) {
        ReportRow report = lock(event.studyKey(), event.studyInstanceUid());
        if (facts.insert(event)) {
            redraft(report, event.studyKey(), false);
        }
    }

    /** What one model answered. */
    @Transactional
    public void accept(StudyAnalyzed event) {
        ReportRow report = lock(event.studyKey(), event.studyInstanceUid());
        if (facts.insert(event)) {
            redraft(report, event.studyKey(), false);
        }
    }

    /**
     * What was signed of a study in the reporting system. Told again, it asks: ingest tells until it has seen that the report names
     * it.
     */
    @Transactional
    public void accept(ReportSigned event) {
        ReportRow report = lock(event.studyKey(), event.studyInstanceUid());
        if (facts.insert(event)) {
            redraft(report, event.studyKey(), false, reviews.review(report, event));
        } else {
            log.tellAgain(report.reportKey());
        }
    }

    /** Looks at a report again because a deadline has passed. */
    @Transactional
    void revisit(UUID reportKey) {
        redraft(reportKey, true);
    }

    /** Looks at a report again because it was worded. */
    @Transactional
    public void reword(UUID reportKey) {
        redraft(reportKey, false);
    }

    private void redraft(UUID reportKey, boolean overdue) {
        ReportRow report = reports.lock(reportKey);
        for (UUID studyKey : reports.studies(reportKey)) {
            redraft(report, studyKey, overdue);
        }
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) VersionLogged written) {
        ReportChanged change = written.change();
        LOG.write(
                written.overdue() ? OperatorMessage.DEADLINE_PASSED : OperatorMessage.VERSION_WRITTEN,
                "reportKey",
                change.reportKey(),
                "version",
                change.version(),
                "sequence",
                change.sequence(),
                "revision",
                change.revision(),
                "settled",
                change.settled());
    }

    private ReportRow lock(UUID studyKey, String studyInstanceUid) {
        return reports.lock(Ids.report(studyKey), studyKey, studyInstanceUid);
    }

    private void redraft(ReportRow report, UUID studyKey, boolean overdue) {
        redraft(report, studyKey, overdue, Set.of());
    }

    /** @param contradicted findings of which what was signed just now says the opposite */
    private void redraft(ReportRow report, UUID studyKey, boolean overdue, Set<UUID> contradicted) {
        Instant now = reports.now();
        Offers.Offered offered = offers.of(report, studyKey, now).orElse(null);
        if (offered == null) {
            return;
        }
        ReportState before = report.state();
        boolean signedOutside = !offered.draft().signedReportIds().isEmpty();
        ReportState.Words words = before.words(signedOutside);
        Versions.Current current = words == ReportState.Words.OF_FACTS ? null : versions.current(report);
        Draft draft =
                switch (words) {
                    case OF_FACTS -> narration.worded(report.reportKey(), offered);
                    case PROPOSE -> Holding.propose(current.draft(), offered.draft());
                    case DISCREPANCIES ->
                        Holding.contradicted(Holding.contrast(current.draft(), offered.draft()), contradicted);
                };
        Versions.Content content = Versions.Content.of(draft);
        Move move = before.revise(new ReportState.Offer(
                draft.revision(), draft.planId(), draft.settled(), content.digest(), signedOutside));
        if (move instanceof Move.Write write) {
            versions.write(
                    report,
                    new Versions.New(
                            write.next(),
                            draft,
                            content,
                            status(write.next(), offered.withdrawn()),
                            offered.contextId(),
                            current == null ? null : current.row().quotedContextId(),
                            now,
                            overdue,
                            draft.settled() && !settledBefore(before, report, draft)
                                    ? waited(offered.facts(), now)
                                    : null));
        }
    }

    /** A signature here stands, whatever became of the images. */
    static ReportChanged.Status status(ReportState next, boolean withdrawn) {
        return withdrawn && !(next instanceof Frozen.Signed) ? ReportChanged.Status.RETRACTED : next.status();
    }

    private static boolean settledBefore(ReportState before, ReportRow report, Draft draft) {
        return before.settled() && report.revision() >= draft.revision();
    }

    /** Null where the study is not known. */
    private static Duration waited(Facts facts, Instant now) {
        return facts.study() == null || facts.study().completedAt() == null
                ? null
                : Duration.between(facts.study().completedAt(), now);
    }
}
