package io.prelim.ingest.intake;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.ingest.backfill.BackfillRows;
import io.prelim.ingest.ledger.KnownAnswers;
import io.prelim.ingest.ledger.Progress;
import io.prelim.ingest.orders.SignedReports;
import io.prelim.ingest.publish.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Enters one fact in one transaction: what became of the study, and which outbox rows have had their effect. */
@ApplicationScoped
class Facts {
    private final Progress progress;
    private final KnownAnswers answers;
    private final Outbox outbox;
    private final SignedReports signedReports;
    private final BackfillRows backfills;

    Facts(Progress progress, KnownAnswers answers, Outbox outbox, SignedReports signedReports, BackfillRows backfills) {
        this.progress = progress;
        this.answers = answers;
        this.outbox = outbox;
        this.signedReports = signedReports;
        this.backfills = backfills;
    }

    @Transactional
    void accept(AnalysisPlanned plan) {
        enter(plan.studyKey());
        if (plan.backfill() == null) {
            progress.planned(plan);
            outbox.sawPlan(plan);
        } else {
            if (!plan.planned().isEmpty() || !plan.declined().isEmpty()) {
                progress.planned(plan);
            }
            backfills.planned(plan);
        }
    }

    @Transactional
    void accept(StudyAnalyzed outcome) {
        enter(outcome.studyKey());
        progress.answered(outcome);
    }

    /** What is told of a study has its effect when a report is settled; what was signed of it, when a report names it. */
    @Transactional
    void accept(ReportChanged report) {
        answers.reported(report.outcomeIds());
        // in one order everywhere, so that two reports of the same studies do not wait for each other
        report.studyKeys().stream().distinct().sorted().forEach(studyKey -> {
            enter(studyKey);
            progress.reported(studyKey, report);
            if (report.settled()) {
                outbox.sawReport(studyKey, report.revision());
            }
            if (report.signedReportIds() != null) {
                signedReports.taken(studyKey, report.signedReportIds());
            }
        });
    }

    private void enter(UUID studyKey) {
        if (!progress.enter(studyKey)) {
            throw new UnknownStudy();
        }
    }

    /** A fact about a study that is not stored here: kept, because an index that is rebuilt may know it. */
    static final class UnknownStudy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownStudy() {
            super("the study is not stored here");
        }
    }
}
