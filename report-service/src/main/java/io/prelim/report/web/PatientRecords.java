package io.prelim.report.web;

import io.prelim.access.audit.AuditEntry.Action;
import io.prelim.report.store.ReportSubjects;
import io.prelim.report.store.ReportSubjects.Subject;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;

/** Stands before everything that is done with one report. Inside the transaction, so that both are kept or neither. */
@PatientRecord
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class PatientRecords {
    private final ReportSubjects subjects;
    private final Audit audit;
    private final BreakGlass glass;
    private final UriInfo uri;

    PatientRecords(ReportSubjects subjects, Audit audit, BreakGlass glass, UriInfo uri) {
        this.subjects = subjects;
        this.audit = audit;
        this.glass = glass;
        this.uri = uri;
    }

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        UUID key = Parameters.key("reportKey", uri.getPathParameters().getFirst("reportKey"));
        Optional<Subject> subject = subjects.of(key);
        if (subject.isEmpty()) {
            return invocation.proceed();
        }
        Action action = action(invocation);
        Optional<String> reason = glass.reason();
        Audit.Seen seen = new Audit.Seen(action, key, subject.get());
        boolean foreign = !audit.caller().sites().include(subject.get().site());
        if (foreign && (reason.isEmpty() || !glass.breaks(action))) {
            audit.refused(seen, "the report is of a site that is not the user's");
            throw new NotFoundException();
        }
        Object result = invocation.proceed();
        String refusal = result instanceof Response response && response.getStatus() >= 400
                ? "answered " + response.getStatus()
                : null;
        audit.append(seen, refusal, foreign ? reason.get() : null);
        return result;
    }

    private static Action action(InvocationContext invocation) {
        PatientRecord onMethod = invocation.getMethod().getAnnotation(PatientRecord.class);
        return onMethod != null
                ? onMethod.value()
                : invocation
                        .getMethod()
                        .getDeclaringClass()
                        .getAnnotation(PatientRecord.class)
                        .value();
    }
}
