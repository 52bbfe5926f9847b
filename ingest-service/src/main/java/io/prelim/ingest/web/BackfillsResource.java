package io.prelim.ingest.web;

import io.prelim.ingest.backfill.Backfill;
import io.prelim.ingest.backfill.Backfills;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Commands that one more model answers studies of the past, and how far they are. */
@Path("/api/backfills")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class BackfillsResource {
    private static final int DEFAULT_MOST = 1_000;
    private static final int MAX_MOST = 100_000;
    private static final int LISTED = 50;
    /** Who asked, as far as is known: there are no users yet. */
    private static final String DOOR = "http";

    private final Backfills backfills;

    BackfillsResource(Backfills backfills) {
        this.backfills = backfills;
    }

    /**
     * Begins one, 202; the same again goes on with it, and takes up what failed.
     *
     * @param model  a deployment's name, or the {@code sha256:} of a model file
     * @param since  studies completed from then on, ISO 8601 with zone
     * @param until  and before then
     * @param limit  of these at most so many, the newest
     * @param dryRun {@code true}: says how many there are, 200, and does nothing
     */
    @POST
    public Response begin(
            @QueryParam("model") String model,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("limit") String limit,
            @QueryParam("dryRun") String dryRun,
            @Context UriInfo uri) {
        Parameters.only(uri, Set.of("model", "since", "until", "limit", "dryRun"));
        String asked = Parameters.model("model", model);
        Instant from = Parameters.instant("since", since);
        Instant to = Parameters.instant("until", until);
        int most = Parameters.number("limit", limit, 1, MAX_MOST, DEFAULT_MOST);
        if (Parameters.truth("dryRun", dryRun)) {
            return Response.ok(new Chosen(backfills.count(from, to, most))).build();
        }
        return Response.accepted(backfills.begin(asked, from, to, most, DOOR)).build();
    }

    /** The newest 50. */
    @GET
    public List<Backfill> list(@Context UriInfo uri) {
        Parameters.only(uri, Set.of());
        return backfills.newest(LISTED);
    }

    @GET
    @Path("/{backfillId}")
    public Backfill find(@PathParam("backfillId") String backfillId, @Context UriInfo uri) {
        Parameters.only(uri, Set.of());
        return backfills.find(Parameters.key("backfillId", backfillId)).orElseThrow(NotFoundException::new);
    }

    /** Asks no more; what was asked is answered. */
    @DELETE
    @Path("/{backfillId}")
    public Backfill stop(@PathParam("backfillId") String backfillId, @Context UriInfo uri) {
        Parameters.only(uri, Set.of());
        return backfills.stop(Parameters.key("backfillId", backfillId)).orElseThrow(NotFoundException::new);
    }

    /** @param studies that would be asked about */
    public record Chosen(long studies) {}
}
