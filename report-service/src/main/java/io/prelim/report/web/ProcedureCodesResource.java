package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.events.Code;
import io.prelim.report.site.SiteTemplates;
import io.prelim.report.store.UnmappedProcedures;
import io.prelim.report.template.TemplateSet;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;

/** Local procedure codes that the site has yet to map. No identity. */
@Path("/api/procedure-codes/unmapped")
@Transactional
public class ProcedureCodesResource {
    private static final int DEFAULT_DAYS = 90;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final UnmappedProcedures unmapped;
    private final SiteTemplates templates;
    private final Callers callers;

    ProcedureCodesResource(UnmappedProcedures unmapped, SiteTemplates templates, Callers callers) {
        this.unmapped = unmapped;
        this.templates = templates;
        this.callers = callers;
    }

    /**
     * The most frequent first, without those that are mapped since.
     *
     * @param days  how long ago a study with it was drafted at most
     * @param limit of codes looked at
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INTEGRATION, Roles.SRE})
    public Codes list(@QueryParam("days") String days, @QueryParam("limit") String limit, @Context UriInfo uri) {
        Parameters.only(uri, "days", "limit");
        TemplateSet set = templates.current();
        return new Codes(unmapped
                .list(
                        callers.current().sites(),
                        Duration.ofDays(
                                Parameters.number("days", days, 1, UnmappedProcedures.KEPT.toDays(), DEFAULT_DAYS)),
                        (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT))
                .stream()
                .filter(seen -> !set.knows(new Code(seen.scheme(), seen.code(), null)))
                .toList());
    }

    /** Codes with how often and when last they were seen. */
    public record Codes(List<UnmappedProcedures.Seen> codes) {}
}
