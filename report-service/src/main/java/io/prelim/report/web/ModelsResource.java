package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.report.compare.ModelComparison;
import io.prelim.report.store.OutcomePairs;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;

/** What models answered. No identity. */
@Path("/api/models")
@Transactional
public class ModelsResource {
    private static final int DEFAULT_DAYS = 30;
    private static final int MAX_DAYS = 3650;
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private final OutcomePairs pairs;
    private final Callers callers;

    ModelsResource(OutcomePairs pairs, Callers callers) {
        this.pairs = pairs;
        this.callers = callers;
    }

    /**
     * A model, a shadow most of all, beside the others that answered the same inputs.
     *
     * @param digest {@code sha256:} and 64 hexadecimal digits, of the model file
     * @param days   how long ago at most it answered
     * @param limit  of its newest answers so many are looked at
     */
    @GET
    @Path("/{digest}/comparison")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.MODEL_TEAM, Roles.AUDITOR})
    public ModelComparison comparison(
            @PathParam("digest") String digest,
            @QueryParam("days") String days,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        Parameters.only(uri, "days", "limit");
        return pairs.compare(
                        callers.current().sites(),
                        Parameters.digest("digest", digest),
                        Duration.ofDays(Parameters.number("days", days, 1, MAX_DAYS, DEFAULT_DAYS)),
                        (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT))
                .orElseThrow(NotFoundException::new);
    }
}
