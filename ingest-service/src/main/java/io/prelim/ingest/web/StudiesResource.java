package io.prelim.ingest.web;

import io.prelim.ingest.ledger.StudyView;
import io.prelim.ingest.ledger.StudyViews;
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
import java.util.List;
import java.util.Set;

/** Where each study stands, without identity; newest first. */
@Path("/api/studies")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class StudiesResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final StudyViews studies;

    StudiesResource(StudyViews studies) {
        this.studies = studies;
    }

    /** @param after the {@code next} of the page before */
    @GET
    public Page list(
            @QueryParam("studyInstanceUid") String studyInstanceUid,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        Parameters.only(uri, Set.of("studyInstanceUid", "after", "limit"));
        int count = Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<StudyView> found = studies.page(
                Parameters.uid("studyInstanceUid", studyInstanceUid), Parameters.cursor("after", after), count + 1);
        boolean more = found.size() > count;
        List<StudyView> page = more ? List.copyOf(found.subList(0, count)) : found;
        return new Page(page, more ? Parameters.cursor(page.get(count - 1).cursor()) : null);
    }

    /** One study. */
    @GET
    @Path("/{studyKey}")
    public StudyView study(@PathParam("studyKey") String studyKey, @Context UriInfo uri) {
        Parameters.only(uri, Set.of());
        return studies.find(Parameters.key("studyKey", studyKey)).orElseThrow(NotFoundException::new);
    }

    /** @param next {@code after} of the next page; left out on the last */
    public record Page(List<StudyView> studies, String next) {}
}
