package io.prelim.report.web;

import io.prelim.access.Roles;
import io.prelim.report.store.Delivery;
import io.prelim.report.store.DeliveryLedger;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;

/** What of a report goes out, went, or was refused, by destination. No identity. */
@Path("/api/reports/{reportKey}/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Transactional
public class DeliveriesResource {
    private final DeliveryLedger ledger;

    DeliveriesResource(DeliveryLedger ledger) {
        this.ledger = ledger;
    }

    /** Empty for a report of which nothing was asked for. */
    @GET
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST, Roles.SRE})
    @PatientRecord
    public Deliveries deliveries(@PathParam("reportKey") String reportKey, @Context UriInfo uri) {
        Parameters.only(uri);
        UUID key = Parameters.key("reportKey", reportKey);
        return new Deliveries(key, ledger.ofReport(key));
    }

    /** In the order of their way out. */
    public record Deliveries(UUID reportKey, List<Delivery> deliveries) {}
}
