package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.access.audit.AuditEntry.Action;
import io.prelim.access.audit.AuditEvents;
import io.prelim.access.audit.AuditTable;
import io.prelim.access.audit.AuditTable.Recorded;
import io.prelim.report.render.fhir.FhirReport;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;

/** Who saw or changed what, or was refused. Identified, and itself recorded. */
@Path("/api/audit")
@Transactional
public class AuditResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final AuditTable table;
    private final Callers callers;
    private final Audit audit;

    AuditResource(AuditTable table, Callers callers, Audit audit) {
        this.table = table;
        this.callers = callers;
        this.audit = audit;
    }

    /** The newest first, as a FHIR R4 searchset of AuditEvents, of the auditor's sites. {@code before} is in the link to the next page. */
    @GET
    @Produces(FhirReport.MEDIA_TYPE)
    @RolesAllowed(Roles.AUDITOR)
    public String search(
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("actor") String actor,
            @QueryParam("report") String report,
            @QueryParam("action") String action,
            @QueryParam("refused") String refused,
            @QueryParam("before") String before,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        Parameters.only(uri, "from", "to", "actor", "report", "action", "refused", "before", "limit");
        int count = (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        UUID key = report == null ? null : Parameters.key("report", report);
        AuditTable.Asked asked = new AuditTable.Asked(
                Parameters.time("from", from),
                Parameters.time("to", to),
                Parameters.text("actor", actor),
                key,
                action == null ? null : Parameters.oneOf("action", action, Action.values()),
                refused == null ? null : Parameters.oneOf("refused", refused, Answer.values()) == Answer.TRUE,
                before == null ? null : Parameters.number("before", before, 1, Long.MAX_VALUE, 0));
        List<Recorded> found = table.find(asked, callers.current().sites(), count + 1);
        boolean more = found.size() > count;
        List<Recorded> page = more ? found.subList(0, count) : found;
        audit.searched();
        return AuditEvents.searchset(
                page.stream().map(Recorded::event).toList(),
                uri.getRequestUri().toString(),
                more
                        ? uri.getRequestUriBuilder()
                                .replaceQueryParam("before", page.get(count - 1).position())
                                .build()
                                .toString()
                        : null);
    }

    private enum Answer {
        TRUE,
        FALSE
    }
}
