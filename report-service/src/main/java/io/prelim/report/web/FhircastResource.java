package io.prelim.report.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.report.fhircast.Channels;
import io.prelim.report.fhircast.Hub;
import io.prelim.report.settings.ReportSettings;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** The FHIRcast hub: subscriptions by form, events as JSON, the current context of a topic. */
@Path(Channels.HUB)
@RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
@Blocking
public class FhircastResource {
    private final Hub hub;
    private final ReportSettings settings;
    private final Callers callers;

    FhircastResource(Hub hub, ReportSettings settings, Callers callers) {
        this.hub = hub;
        this.settings = settings;
        this.callers = callers;
    }

    /** Subscribes, renews, unsubscribes. 202 with the address of the WebSocket. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response subscribe(MultivaluedMap<String, String> form, @Context UriInfo uri) {
        enabled();
        String channel = hub.subscribe(form, callers.current());
        URI base = settings.fhircast().url().orElseGet(() -> uri.getBaseUri().resolve(Channels.HUB));
        String scheme = "https".equals(base.getScheme()) ? "wss" : "ws";
        String address = scheme + base.toString().substring(base.getScheme().length()) + Channels.PATH + channel;
        return Response.accepted(new Endpoint(address)).build();
    }

    /** An event for a topic's subscribers. 202 once it is on its way; else nobody gets it. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/fhir+json"})
    public Response event(InputStream body) throws IOException {
        enabled();
        hub.accept(body.readNBytes(hub.mostBytes() + 1), callers.current());
        return Response.accepted().build();
    }

    /** What is open in a topic, and what is shared in it. */
    @GET
    @Path("/{topic}")
    @Produces(MediaType.APPLICATION_JSON)
    public JsonNode current(@PathParam("topic") String topic) {
        enabled();
        return hub.current(topic, callers.current()).orElseThrow(NotFoundException::new);
    }

    /** FHIRcast 2.7. */
    @GET
    @Path("/.well-known/fhircast-configuration")
    @Produces(MediaType.APPLICATION_JSON)
    public Configuration configuration() {
        enabled();
        return new Configuration(hub.events(), true, "STU3", true, "R4");
    }

    private void enabled() {
        if (!hub.enabled()) {
            throw new NotFoundException();
        }
    }

    /** @param address unguessable; whoever has it gets the topic's events */
    public record Endpoint(
            @JsonProperty("hub.channel.endpoint") String address) {}

    /** What this hub can do. */
    public record Configuration(
            List<String> eventsSupported,
            boolean websocketSupport,
            String fhircastVersion,
            boolean getCurrentSupport,
            String fhirVersion) {}
}
