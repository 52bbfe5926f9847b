package io.prelim.report.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.prelim.access.Roles;
import io.prelim.report.delivery.Deliveries;
import io.prelim.report.webhook.Webhooks;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;

/** Webhooks that come and go while the service runs. How they stand is told by {@link DestinationsResource}. */
@Path("/api/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.SRE)
public class WebhooksResource {
    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;

    private final Webhooks webhooks;
    private final Deliveries deliveries;

    WebhooksResource(Webhooks webhooks, Deliveries deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /** Without their secrets. */
    @GET
    public Registrations list(@Context UriInfo uri) {
        Parameters.only(uri);
        return new Registrations(webhooks.registered());
    }

    /** 201 with the secret, which is told this once; 422 for a URL that is not to be led to. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(@Context UriInfo uri, InputStream body) {
        Parameters.only(uri);
        Webhooks.Registered asked = StrictJson.read(body, Webhooks.Registered.class);
        try {
            String secret = webhooks.register(asked);
            deliveries.changed();
            return Response.status(Response.Status.CREATED)
                    .entity(new Made(asked, secret))
                    .build();
        } catch (Webhooks.Refused e) {
            return Problem.response(
                    e.conflict() ? CONFLICT : UNPROCESSABLE, e.field() + " " + e.getMessage(), e.field());
        }
    }

    /** Nothing more is sent to it. */
    @DELETE
    @Path("/{name}")
    public void remove(@PathParam("name") String name, @Context UriInfo uri) {
        Parameters.only(uri);
        if (!webhooks.remove(name)) {
            throw new NotFoundException();
        }
        deliveries.changed();
    }

    /** Those that were registered. */
    public record Registrations(List<Webhooks.Registered> webhooks) {}

    /** @param secret {@code whsec_} and base64 */
    public record Made(@JsonUnwrapped Webhooks.Registered webhook, String secret) {
        @Override
        public String toString() {
            return "Made[" + webhook.name() + "]";
        }
    }
}
