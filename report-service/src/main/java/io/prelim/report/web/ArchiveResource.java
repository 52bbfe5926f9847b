package io.prelim.report.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.prelim.access.Roles;
import io.prelim.report.archive.Archives;
import io.prelim.report.store.ArchiveQueue;
import io.prelim.report.store.ArchiveStanding;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** How results get to archives. No identity. */
@Path("/api/archive")
@Produces(MediaType.APPLICATION_JSON)
public class ArchiveResource {
    private final ArchiveQueue queue;
    private final Archives archives;

    ArchiveResource(ArchiveQueue queue, Archives archives) {
        this.queue = queue;
        this.archives = archives;
    }

    /** How each archive stands. */
    @GET
    @RolesAllowed({Roles.INTEGRATION, Roles.SRE})
    public Standings standings(@Context UriInfo uri) {
        Parameters.only(uri);
        return new Standings(queue.standings().stream()
                .map(each -> new Entry(each, archives.protocol(each.name()).orElse(null)))
                .toList());
    }

    /** Sends what the archive refused once more. */
    @POST
    @Path("/{name}/retry")
    @RolesAllowed(Roles.SRE)
    public Retried retry(@PathParam("name") String name, @Context UriInfo uri) {
        Parameters.only(uri);
        return new Retried(archives.retry(name).orElseThrow(NotFoundException::new));
    }

    /** Those that ever were configured. */
    public record Standings(List<Entry> archives) {}

    /** @param protocol null, and left out, of an archive that is configured no more */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(@JsonUnwrapped ArchiveStanding standing, String protocol) {}

    /** @param waiting how many wait again */
    public record Retried(int waiting) {}
}
