package io.prelim.report.web;

import io.prelim.access.Caller;
import io.prelim.access.audit.AuditEntry.Action;
import io.prelim.report.store.ReportSubjects;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What is answered, and recorded, where roles do not allow what is asked. */
class Refusals {
    private final Audit audit;
    private final ReportSubjects subjects;

    Refusals(Audit audit, ReportSubjects subjects) {
        this.audit = audit;
        this.subjects = subjects;
    }

    /** Roles are looked at before a thread that may wait has the request. */
    @ServerExceptionMapper
    Uni<Response> map(ForbiddenException refused, UriInfo uri, Request request) {
        Response response = Problem.response(403, "The user's roles do not allow this.", null);
        String key = uri.getPathParameters().getFirst("reportKey");
        if (key == null || !Parameters.isKey(key)) {
            return Uni.createFrom().item(response);
        }
        Caller caller = audit.caller();
        String address = audit.address();
        Action action = request.getMethod().equals(HttpMethod.GET) ? Action.READ : Action.UPDATE;
        return Uni.createFrom()
                .item(() -> {
                    record(UUID.fromString(key), action, caller, address);
                    return response;
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private void record(UUID key, Action action, Caller caller, String address) {
        ReportSubjects.Subject subject =
                QuarkusTransaction.requiringNew().call(() -> subjects.of(key).orElse(null));
        if (subject != null) {
            audit.refused(new Audit.Seen(action, key, subject), "the user's roles do not allow it", caller, address);
        }
    }
}
