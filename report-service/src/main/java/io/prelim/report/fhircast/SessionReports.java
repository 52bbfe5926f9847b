package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.access.Caller;
import io.prelim.access.Sites;
import io.prelim.access.audit.AuditEntry;
import io.prelim.access.audit.AuditTable;
import io.prelim.report.render.ReportView;
import io.prelim.report.store.ReportList;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.ReportSubjects;
import io.prelim.report.view.ReportViews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of Prelim's reports a session is about, and what it says. */
@ApplicationScoped
class SessionReports {
    /** Of a disclosure to a session: its subscribers are many, and known to the hub alone. */
    private static final String ADDRESS = "fhircast";

    private static final Pattern KEY =
            Pattern.compile("(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private static final Pattern UID = Pattern.compile("urn:oid:([0-9][0-9.]{0,63})");

    private final ReportStore reports;
    private final ReportList list;
    private final ReportViews views;
    private final ReportSubjects subjects;
    private final AuditTable audit;

    SessionReports(ReportStore reports, ReportList list, ReportViews views, ReportSubjects subjects, AuditTable audit) {
        this.reports = reports;
        this.list = list;
        this.views = views;
        this.subjects = subjects;
        this.audit = audit;
    }

    /** The report of an open context: by its key, or as the only one of its studies. */
    @Transactional
    Optional<UUID> of(CastEvent open, Sites sites) {
        for (UUID key : keys(open)) {
            if (reports.version(key, null).isPresent()) {
                return Optional.of(key);
            }
        }
        Set<UUID> ofStudies = new HashSet<>();
        for (String uid : uids(open)) {
            list.page(sites, uid, null, Long.MAX_VALUE, 2).forEach(entry -> ofStudies.add(entry.reportKey()));
        }
        return ofStudies.size() == 1 ? ofStudies.stream().findFirst() : Optional.empty();
    }

    /** Its newest version, if it is of the sites of who made the session; recorded as seen by them. */
    @Transactional
    Optional<ReportView> newest(UUID reportKey, Caller maker) {
        ReportSubjects.Subject subject = subjects.of(reportKey)
                .filter(each -> maker.sites().include(each.site()))
                .orElse(null);
        if (subject == null) {
            return Optional.empty();
        }
        Optional<ReportView> newest = reports.version(reportKey, null).map(row -> views.of(reportKey, row));
        if (newest.isPresent()) {
            audit.append(new AuditEntry(
                    AuditEntry.Action.READ,
                    null,
                    Instant.now(),
                    maker,
                    ADDRESS,
                    new AuditEntry.What("DiagnosticReport", reportKey, subject.studyInstanceUid()),
                    subject.site(),
                    subject.patientId() == null ? null : new AuditEntry.Patient(subject.patientId(), subject.issuer()),
                    null,
                    null));
        }
        return newest;
    }

    /** Keys that the context's report may be known by. */
    static Set<UUID> keys(CastEvent open) {
        Set<UUID> keys = new HashSet<>();
        for (JsonNode report : open.resources("report")) {
            add(keys, report.path("id").asText());
            report.path("identifier")
                    .forEach(each -> add(keys, each.path("value").asText()));
        }
        return keys;
    }

    private static void add(Set<UUID> keys, String text) {
        Matcher matcher = KEY.matcher(text);
        if (matcher.matches()) {
            keys.add(UUID.fromString(matcher.group(1)));
        }
    }

    /** Study Instance UIDs of the context. */
    static Set<String> uids(CastEvent open) {
        Set<String> uids = new HashSet<>();
        open.resources("study").forEach(study -> uids.addAll(uids(study)));
        return uids;
    }

    private static Set<String> uids(JsonNode study) {
        Set<String> uids = new HashSet<>();
        study.path("identifier").forEach(each -> {
            Matcher matcher = UID.matcher(each.path("value").asText());
            if ("urn:dicom:uid".equals(each.path("system").asText()) && matcher.matches()) {
                uids.add(matcher.group(1));
            }
        });
        return uids;
    }

    /** {@code ImagingStudy/id} that the context knows a study by; its first where none has the UID. */
    static String study(CastEvent open, String uid) {
        return open.resources("study").stream()
                .filter(study -> uids(study).contains(uid))
                .findFirst()
                .map(study -> "ImagingStudy/" + study.path("id").asText())
                .orElseGet(() -> first(open.references("study")));
    }

    private static String first(List<String> references) {
        return references.isEmpty() ? null : references.get(0);
    }
}
