package io.prelim.ingest.orders;

import io.prelim.events.IdentityKeys;
import io.prelim.events.Ids;
import io.prelim.events.Patient;
import io.prelim.events.ReportSigned;
import io.prelim.events.Topics;
import io.prelim.ingest.index.StudyRow;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.orders.Matching.State;
import io.prelim.ingest.patients.Keys;
import io.prelim.ingest.publish.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Signed reports, and the studies they are of. A report is told of to report-service, once for each study that names the same
 * patient as it does: when it comes, when the study is complete, or when a merge says that both are one; until report-service was seen
 * to have it.
 */
@ApplicationScoped
public class SignedReports {
    private static final Logger LOG = Logger.getLogger(SignedReports.class);

    private final StatelessSession session;
    private final SignedReportRows rows;
    private final StudyOrders studyOrders;
    private final Comparison comparison;
    private final Keys keys;
    private final Ledger ledger;
    private final Outbox outbox;

    SignedReports(
            StatelessSession session,
            SignedReportRows rows,
            StudyOrders studyOrders,
            Comparison comparison,
            Keys keys,
            Ledger ledger,
            Outbox outbox) {
        this.session = session;
        this.rows = rows;
        this.studyOrders = studyOrders;
        this.comparison = comparison;
        this.keys = keys;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /** Keeps one, once, and tells of it if its study is here. */
    @Transactional
    public void accept(SignedReport report) {
        studyOrders.holdAlone();
        IdentityKeys identity = keys.identity().orElseThrow();
        Patient patient = report.patient();
        if (rows.put(report, identity.patient(patient.issuer(), patient.id()))) {
            rows.studies(report.reportId()).forEach(this::tell);
        }
    }

    /** Studies that are complete and that reports of a patient, whichever of these keys they name, have to do with. */
    List<UUID> studies(Collection<UUID> patientKeys) {
        return rows.studiesOfPatient(patientKeys);
    }

    /** Tells of what is signed of a study, is its patient's, and was not told of before. After {@link StudyOrders#hold}. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(UUID studyKey) {
        StudyRow row = session.get(StudyRow.class, studyKey);
        Comparison.Study study = comparison.study(studyKey).orElse(null);
        if (study == null || row.revision() == 0) {
            return; // its first revision will have it told
        }
        rows.untold(study).forEach(report -> tell(study, report));
    }

    private void tell(Comparison.Study study, SignedReportRows.Related report) {
        Matching.Verdict verdict =
                comparison.compare(report.side(), report.patientKey(), study).verdict();
        if (!rows.decide(study.key(), report.reportId(), verdict)) {
            return;
        }
        if (verdict.state() == State.MATCHED) {
            ReportSigned event = new ReportSigned(
                    study.key(),
                    study.uid(),
                    report.reportId(),
                    report.sender(),
                    report.status(),
                    report.signedAt(),
                    report.text());
            // of no revision: one does not stand for another
            outbox.add(
                    eventId(study.key(), report.reportId()),
                    study.key(),
                    0,
                    Topics.REPORT_SIGNED,
                    event,
                    report.signedAt());
        } else {
            OperatorMessage.SIGNED_REPORT_DIFFERS.log(
                    LOG,
                    "studyKey",
                    study.key(),
                    "signedReportId",
                    report.reportId(),
                    "state",
                    verdict.state(),
                    "differs",
                    verdict.differing());
        }
        ledger.record(
                study.key(),
                0,
                Fact.SIGNED,
                detail(report, verdict),
                "signed:" + report.reportId() + ":" + UUID.randomUUID(),
                null);
    }

    private static String detail(SignedReportRows.Related report, Matching.Verdict verdict) {
        String whose = "report signed in the reporting system, by " + report.sender() + ": ";
        return switch (verdict.state()) {
            case MATCHED -> whose + report.status().name().toLowerCase(Locale.ROOT) + ", " + report.signedAt();
            case UNCONFIRMED -> whose + "not confirmed to be of this patient; not handed on";
            case DIFFERS -> whose + "differs in " + verdict.differing() + "; not handed on";
        };
    }

    /** Report-service was seen to have these of a study. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void taken(UUID studyKey, Collection<UUID> reportIds) {
        if (!reportIds.isEmpty() && rows.taken(studyKey, reportIds)) {
            outbox.saw(reportIds.stream().map(each -> eventId(studyKey, each)).toList());
        }
    }

    private static UUID eventId(UUID studyKey, UUID reportId) {
        return Ids.v5("report-signed", studyKey.toString(), reportId.toString());
    }
}
