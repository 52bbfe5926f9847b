package io.prelim.ingest.web;

import io.prelim.ingest.ledger.Timeline;
import io.prelim.ingest.ledger.TimelineText;
import io.prelim.ingest.ledger.Timelines;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** Where a study is, and how it came there; for programs, and for a terminal. */
@Path("/api/studies/{studyKey}/timeline")
@Blocking
public class TimelineResource {
    private static final int DEFAULT_LIMIT = 500;
    private static final int MAX_LIMIT = 5000;

    private final Timelines timelines;

    TimelineResource(Timelines timelines) {
        this.timelines = timelines;
    }

    /** @param limit of entries; older ones are counted and left out */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Timeline json(
            @PathParam("studyKey") String studyKey, @QueryParam("limit") String limit, @Context UriInfo uri) {
        Parameters.only(uri, Set.of("limit"));
        int count = Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        return timelines.find(Parameters.key("studyKey", studyKey), count).orElseThrow(NotFoundException::new);
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
    public String text(
            @PathParam("studyKey") String studyKey, @QueryParam("limit") String limit, @Context UriInfo uri) {
        return TimelineText.of(json(studyKey, limit, uri));
    }
}
