package io.prelim.report.web;

import io.prelim.access.Roles;
import io.prelim.report.site.SiteTemplates;
import io.prelim.report.template.BadSiteFile;
import io.prelim.report.template.Template;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;

/** The templates in force. */
@Path("/api/templates")
public class TemplatesResource {
    private final SiteTemplates templates;

    TemplatesResource(SiteTemplates templates) {
        this.templates = templates;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST, Roles.SRE})
    public InForce inForce(@Context UriInfo uri) {
        Parameters.only(uri);
        SiteTemplates.Standing standing = templates.standing();
        BadSiteFile problem = standing.problem();
        return new InForce(
                standing.since(),
                standing.set().templates().stream().map(Entry::of).toList(),
                standing.set().mapped(),
                problem == null ? null : new Refused(problem.file(), problem.line(), problem.problem()));
    }

    /**
     * @param mapped  local procedure codes that are mapped
     * @param refused why the files as they are now are not in force; null, and left out, when they are
     */
    public record InForce(Instant since, List<Entry> templates, int mapped, Refused refused) {}

    /** @param language that it is for; null, and left out, for every language */
    public record Entry(String name, String version, String digest, String language) {
        private static Entry of(Template template) {
            return new Entry(template.name(), template.version(), template.digest(), template.language());
        }
    }

    /** @param line from 1; 0 for the whole file */
    public record Refused(String file, int line, String problem) {}
}
