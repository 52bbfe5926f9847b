package io.prelim.report.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.access.Roles;
import io.prelim.report.neighbour.ModelCards;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The card of a model that said something in a report. No identity. */
@Path("/api/models/{digest}/card")
@Blocking
@RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST, Roles.MODEL_TEAM, Roles.SRE, Roles.AUDITOR})
public class ModelCardResource {
    private final ModelCards cards;

    ModelCardResource(ModelCards cards) {
        this.cards = cards;
    }

    /** As inference has it: 404 where the model is in service no more. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonNode card(@PathParam("digest") String digest, @Context UriInfo uri) {
        Parameters.only(uri);
        return cards.of(Parameters.digest("digest", digest));
    }
}
