package io.prelim.report.desk;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Ids;
import io.prelim.events.PatientContext;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.DraftJson;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.lifecycle.Move;
import io.prelim.report.lifecycle.ReportState;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.site.SiteTemplates;
import io.prelim.report.store.Digests;
import io.prelim.report.store.EventLog;
import io.prelim.report.store.EventLog.VersionLogged;
import io.prelim.report.store.FactStore;
import io.prelim.report.store.FoundFindings;
import io.prelim.report.store.PriorStudies;
import io.prelim.report.store.ReportRow;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.UnmappedProcedures;
import io.prelim.report.template.TemplateChoice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final Event<VersionLogged> logged;
    private final PriorStudies priors;
    private final UnmappedProcedures unmapped;
    private final FoundFindings findings;
    private final SiteTemplates templates;
    private final Languages languages;
    private final Narration narration;

    DraftingDesk(
            FactStore facts,
            ReportStore reports,
            PriorStudies priors,
            UnmappedProcedures unmapped,
            FoundFindings findings,
            EventLog log,
            Event<VersionLogged> logged,
            SiteTemplates templates,
            Narration narration,
            ReportSettings settings) {
        this.facts = facts;
        this.reports = reports;
        this.priors = priors;
        this.unmapped = unmapped;
        this.findings = findings;
        this.templates = templates;
        this.narration = narration;
        this.log = log;
        this.logged = logged;
        this.languages = new Languages(settings);
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
            redraft(report, event.studyKey(), false);
        } else {
            log.tellAgain(report.reportKey());
        }
    }

    /** Looks at a report again because a deadline has passed. */
    @Transactional
    void revisit(UUID reportKey) {
        ReportRow report = reports.lock(reportKey);
        for (UUID studyKey : reports.studies(reportKey)) {
            redraft(report, studyKey, true);
        }
    }

    /** Looks at a report again because it was worded. */
    @Transactional
    public void reword(UUID reportKey) {
        ReportRow report = reports.lock(reportKey);
        for (UUID studyKey : reports.studies(reportKey)) {
            redraft(report, studyKey, false);
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
        Instant now = reports.now();
        FactStore.Known known = facts.load(studyKey, now).orElse(null);
        if (known == null) {
            return;
        }
        report.nextDeadline(known.facts().nextDeadline());
        Drafter drafter = languages.drafter(known.facts().study());
        TemplateChoice choice =
                templates.current().choose(known.facts().study(), known.facts().context(), drafter.language());
        unmapped.seen(studyKey, choice.unmapped());
        Facts all = known.facts().with(priors.of(studyKey, known.facts().context()));
        Draft draft = narration.worded(report.reportKey(), drafter, all, drafter.draft(all, choice));
        byte[] json = DraftJson.write(draft);
        String digest = Digests.sha256(json);
        ReportState before = report.state();
        Move move = before.revise(new ReportState.Offer(draft.revision(), draft.planId(), draft.settled(), digest));
        if (move instanceof Move.Write write) {
            Duration waited = draft.settled() && !settledBefore(before, draft) ? waited(known.facts(), now) : null;
            boolean withdrawn = withdrawn(known.facts());
            findings.set(
                    report.reportKey(),
                    write.next().version(),
                    draft.revision(),
                    withdrawn ? List.of() : draft.outcomeIds());
            // from here on every other report waits for this commit
            long position = log.nextPosition();
            ReportStore.NewVersion version = new ReportStore.NewVersion(
                    write.next(),
                    position,
                    draft.revision(),
                    draft.planId(),
                    draft.priority(),
                    withdrawn ? ReportChanged.Status.RETRACTED : ReportChanged.Status.DRAFT,
                    digest,
                    new String(json, StandardCharsets.UTF_8),
                    known.contextId(),
                    now);
            ReportChanged change = change(report, version, draft);
            reports.write(report, version);
            log.append(change);
            logged.fire(new VersionLogged(change, overdue, waited));
        }
    }

    /** Whether every image that the study had was taken back. */
    private static boolean withdrawn(Facts facts) {
        return facts.study() != null && Boolean.TRUE.equals(facts.study().withdrawn());
    }

    private static ReportChanged change(ReportRow report, ReportStore.NewVersion version, Draft draft) {
        return new ReportChanged(
                report.reportKey(),
                List.of(draft.studyKey()),
                List.of(draft.studyInstanceUid()),
                version.next().version(),
                version.sequence(),
                draft.revision(),
                version.status(),
                draft.settled(),
                draft.priority(),
                draft.outcomeIds(),
                version.at(),
                draft.signedReportIds());
    }

    private static boolean settledBefore(ReportState before, Draft draft) {
        return before instanceof ReportState.Settled settled && settled.revision() >= draft.revision();
    }

    /** Null where the study is not known. */
    private static Duration waited(Facts facts, Instant now) {
        return facts.study() == null || facts.study().completedAt() == null
                ? null
                : Duration.between(facts.study().completedAt(), now);
    }
}
