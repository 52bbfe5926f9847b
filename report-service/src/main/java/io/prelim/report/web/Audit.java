package io.prelim.report.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.access.Caller;
import io.prelim.access.Callers;
import io.prelim.access.audit.AuditEntry;
import io.prelim.access.audit.AuditTable;
import io.prelim.events.Phi;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.store.ReportSubjects;
import io.prelim.report.store.ReportSubjects.Subject;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Records what whoever asks now does, or was refused. */
@ApplicationScoped
public class Audit {
    private static final OperatorLog LOG = OperatorLog.of(Audit.class);

    private final AuditTable table;
    private final ReportSubjects subjects;
    private final Callers callers;
    private final CurrentVertxRequest request;
    private final Counter broken;
    private final Counter refused;

    Audit(
            AuditTable table,
            ReportSubjects subjects,
            Callers callers,
            CurrentVertxRequest request,
            MeterRegistry registry) {
        this.table = table;
        this.subjects = subjects;
        this.callers = callers;
        this.request = request;
        this.broken = Counter.builder("prelim.report.glass.broken")
                .description("reports of another site that a radiologist looked at, with a reason")
                .register(registry);
        this.refused = Counter.builder("prelim.report.access.refused")
                .description("requests that the user's roles or sites do not allow")
                .register(registry);
    }

    /** What is done with whose report. */
    record Seen(AuditEntry.Action action, UUID reportKey, Subject subject) {}

    Caller caller() {
        return callers.current();
    }

    /**
     * In the transaction of what is done.
     *
     * @param refusal why it was not done; null when it was
     * @param reason  why the glass was broken; null when it was not
     */
    void append(Seen seen, String refusal, String reason) {
        Caller caller = caller();
        table.append(entry(seen, refusal, caller, address(), reason));
        if (reason != null) {
            broken.increment();
            LOG.write(OperatorMessage.GLASS_BROKEN, "reportKey", seen.reportKey, "user", caller.name());
        }
    }

    /**
     * A report that is shown in answer to what is not its own address, in the transaction of that.
     *
     * @return false, and the refusal kept, where it is of a site that the caller may not see
     */
    public boolean shown(UUID reportKey) {
        Subject subject = subjects.of(reportKey).orElse(null);
        if (subject == null) {
            return false;
        }
        Seen seen = new Seen(AuditEntry.Action.READ, reportKey, subject);
        if (!caller().sites().include(subject.site())) {
            refused(seen, "the report is of a site that is not the user's");
            return false;
        }
        append(seen, null, null);
        return true;
    }

    /** A search for one patient's records, in its transaction. */
    public void searched() {
        HttpServerRequest now = request.getCurrent().request();
        table.append(new AuditEntry(
                AuditEntry.Action.QUERY, null, Instant.now(), caller(), address(), null, null, null, now.uri(), null));
    }

    /** Kept whatever becomes of the transaction that runs now. */
    void refused(Seen seen, String refusal) {
        refused(seen, refusal, caller(), address());
    }

    void refused(Seen seen, String refusal, Caller caller, String address) {
        refused.increment();
        try {
            QuarkusTransaction.requiringNew().run(() -> table.append(entry(seen, refusal, caller, address, null)));
        } catch (RuntimeException e) {
            // nothing is shown for it
            LOG.write(OperatorMessage.REFUSAL_NOT_RECORDED, "fault", OperatorLog.fault(e));
        }
    }

    /** The client's. */
    String address() {
        return request.getCurrent().request().remoteAddress().hostAddress();
    }

    private static AuditEntry entry(Seen seen, String refusal, Caller caller, String address, String reason) {
        Subject subject = seen.subject;
        return new AuditEntry(
                seen.action,
                refusal,
                Instant.now(),
                caller,
                address,
                new AuditEntry.What(
                        "DiagnosticReport", seen.reportKey, subject == null ? null : subject.studyInstanceUid()),
                subject == null ? null : subject.site(),
                subject == null || subject.patientId() == null
                        ? null
                        : new AuditEntry.Patient(subject.patientId(), subject.issuer()),
                null,
                Phi.ofNullable(reason));
    }
}
