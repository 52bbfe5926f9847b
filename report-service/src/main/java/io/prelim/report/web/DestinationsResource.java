package io.prelim.report.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.prelim.access.Roles;
import io.prelim.report.delivery.Deliveries;
import io.prelim.report.store.DeliveryLedger;
import io.prelim.report.store.DestinationStanding;
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

/** How results get to archives, receivers of HL7 and webhooks. No identity. */
@Path("/api/destinations")
@Produces(MediaType.APPLICATION_JSON)
public class DestinationsResource {
    private final DeliveryLedger ledger;
    private final Deliveries deliveries;

    DestinationsResource(DeliveryLedger ledger, Deliveries deliveries) {
        this.ledger = ledger;
        this.deliveries = deliveries;
    }

    /** How each destination stands. */
    @GET
    @RolesAllowed({Roles.INTEGRATION, Roles.SRE})
    public Standings standings(@Context UriInfo uri) {
        Parameters.only(uri);
        return new Standings(entries(null));
    }

    /** Sends what the destination refused once more, and to it again if it was disabled. */
    @POST
    @Path("/{name}/retry")
    @RolesAllowed(Roles.SRE)
    public Retried retry(@PathParam("name") String name, @Context UriInfo uri) {
        Parameters.only(uri);
        return new Retried(deliveries.retry(null, name).orElseThrow(NotFoundException::new));
    }

    /** @param type null for all */
    List<Entry> entries(DestinationType type) {
        return ledger.standings().stream()
                .filter(each -> type == null || each.type() == type)
                .map(each -> new Entry(each, deliveries.protocol(each.name()).orElse(null)))
                .toList();
    }

    /** Those that ever were configured or registered. */
    public record Standings(List<Entry> destinations) {}

    /** @param protocol null, and left out, of a destination that is no more */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(@JsonUnwrapped DestinationStanding standing, String protocol) {}

    /** @param waiting how many wait again */
    public record Retried(int waiting) {}
}
