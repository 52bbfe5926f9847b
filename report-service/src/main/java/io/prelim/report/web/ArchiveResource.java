package io.prelim.report.web;

import io.prelim.access.Roles;
import io.prelim.report.delivery.Deliveries;
import io.prelim.report.store.DestinationType;
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

/** The archives among the {@link DestinationsResource destinations}. No identity. */
@Path("/api/archive")
@Produces(MediaType.APPLICATION_JSON)
public class ArchiveResource {
    private final DestinationsResource destinations;
    private final Deliveries deliveries;

    ArchiveResource(DestinationsResource destinations, Deliveries deliveries) {
        this.destinations = destinations;
        this.deliveries = deliveries;
    }

    /** How each archive stands. */
    @GET
    @RolesAllowed({Roles.INTEGRATION, Roles.SRE})
    public Standings standings(@Context UriInfo uri) {
        Parameters.only(uri);
        return new Standings(destinations.entries(DestinationType.ARCHIVE));
    }

    /** Sends what the archive refused once more. */
    @POST
    @Path("/{name}/retry")
    @RolesAllowed(Roles.SRE)
    public DestinationsResource.Retried retry(@PathParam("name") String name, @Context UriInfo uri) {
        Parameters.only(uri);
        return new DestinationsResource.Retried(
                deliveries.retry(DestinationType.ARCHIVE, name).orElseThrow(NotFoundException::new));
    }

    /** Those that ever were configured. */
    public record Standings(List<DestinationsResource.Entry> archives) {}
}
