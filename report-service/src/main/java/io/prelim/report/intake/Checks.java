package io.prelim.report.intake;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Finding;
import io.prelim.events.PatientContext;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a draft relies on in each event. A check answers null, or what is wrong: for the operator, without content. */
final class Checks {
    /** PS3.5 section 9.1: digits and dots, at most 64 characters. */
    private static final Pattern UID = Pattern.compile("[0-9][0-9.]{0,63}");

    private Checks() {}

    static String studyReceived(StudyReceived event) {
        String problem = study(event.studyKey(), event.studyInstanceUid(), event.revision());
        if (problem == null && event.instances() < 0) {
            return "instances is negative";
        }
        return problem;
    }

    static String patientContext(PatientContext event) {
        return study(event.studyKey(), event.studyInstanceUid(), event.revision());
    }

    static String reportSigned(ReportSigned event) {
        String problem = study(event.studyKey(), event.studyInstanceUid());
        if (problem == null && (event.signedReportId() == null || event.status() == null || event.signedAt() == null)) {
            return "signedReportId, status or signedAt is missing";
        }
        return problem;
    }

    static String analysisPlanned(AnalysisPlanned event) {
        String problem = study(event.studyKey(), event.studyInstanceUid(), event.revision());
        if (problem != null) {
            return problem;
        }
        if (event.planId() == null || event.priority() == null) {
            return "planId or priority is missing";
        }
        Set<UUID> outcomes = new HashSet<>();
        for (AnalysisPlanned.Planned planned : event.planned()) {
            if (planned.outcomeId() == null || planned.deadline() == null || planned.model() == null) {
                return "a planned answer has no id, deadline or model";
            }
            if (!outcomes.add(planned.outcomeId())) {
                return "an answer is planned twice";
            }
        }
        return event.declined().stream().allMatch(declined -> declined.model() != null)
                ? null
                : "a declined entry has no model";
    }

    static String studyAnalyzed(StudyAnalyzed event) {
        String problem = study(event.studyKey(), event.studyInstanceUid(), event.revision());
        if (problem != null) {
            return problem;
        }
        if (event.outcomeId() == null || event.status() == null || event.model() == null) {
            return "outcomeId, status or model is missing";
        }
        Set<UUID> ids = new HashSet<>();
        for (Finding finding : event.findings()) {
            if (finding.findingId() == null || !ids.add(finding.findingId())) {
                return "a finding has no id, or another's";
            }
            if (finding.presence() == null || (finding.code() == null && finding.name() == null)) {
                return "a finding has no presence, or neither code nor name";
            }
            if (!probability(finding.probability()) || !probability(finding.threshold())) {
                return "a finding's probability or threshold is not between 0 and 1";
            }
            if (!finding.measurements().stream().allMatch(Checks::measurement)) {
                return "a finding's measurement has no code or unit, or is no number";
            }
            if (finding.images().isEmpty()
                    || finding.images().stream()
                            .anyMatch(image -> image.sopInstanceUid() == null
                                    || !UID.matcher(image.sopInstanceUid()).matches())) {
                return "a finding names no image";
            }
        }
        return null;
    }

    private static String study(UUID studyKey, String studyInstanceUid, int revision) {
        String problem = study(studyKey, studyInstanceUid);
        return problem == null && revision < 1 ? "revision is below 1" : problem;
    }

    private static String study(UUID studyKey, String studyInstanceUid) {
        if (studyKey == null) {
            return "studyKey is missing";
        }
        return studyInstanceUid == null || !UID.matcher(studyInstanceUid).matches()
                ? "studyInstanceUid is no UID"
                : null;
    }

    private static boolean measurement(Finding.Measurement measured) {
        return measured != null
                && measured.code() != null
                && measured.unit() != null
                && Double.isFinite(measured.value());
    }

    private static boolean probability(double value) {
        return value >= 0 && value <= 1;
    }
}
