package io.prelim.ingest.web;

import io.prelim.ingest.hint.Completion;
import io.prelim.ingest.hint.Hints;
import io.prelim.ingest.keeping.Erasure;
import io.prelim.ingest.keeping.Erasures;
import io.prelim.ingest.ledger.StudyView;
import io.prelim.ingest.ledger.StudyViews;
import io.prelim.ingest.priors.Archive;
import io.prelim.ingest.priors.Priors;
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
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Where each study stands, without identity; newest first. */
@Path("/api/studies")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class StudiesResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    /** Who asked, as far as is known: there are no users yet. */
    private static final String DOOR = "http";

    private final StudyViews studies;
    private final Priors priors;
    private final Archive archive;
    private final Erasures erasures;
    private final Hints hints;

    StudiesResource(StudyViews studies, Priors priors, Archive archive, Erasures erasures, Hints hints) {
        this.studies = studies;
        this.priors = priors;
        this.archive = archive;
        this.erasures = erasures;
        this.hints = hints;
    }

    /**
     * @param standingStill {@code true} for those alone that wait too long for what goes on by itself
     * @param after         the {@code next} of the page before
     */
    @GET
    public Page list(
            @QueryParam("studyInstanceUid") String studyInstanceUid,
            @QueryParam("standingStill") String standingStill,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        Parameters.only(uri, Set.of("studyInstanceUid", "standingStill", "after", "limit"));
        int count = Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<StudyView> found = studies.page(
                Parameters.uid("studyInstanceUid", studyInstanceUid),
                Parameters.truth("standingStill", standingStill),
                Parameters.cursor("after", after),
                count + 1);
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

    /** Asks the archive how many instances it has of the study. */
    @GET
    @Path("/{studyKey}/archived")
    public Archived archived(@PathParam("studyKey") String studyKey, @Context UriInfo uri) {
        StudyView study = study(studyKey, uri);
        OptionalLong instances = archive.instances(study.studyInstanceUid());
        return new Archived(instances.isPresent() ? instances.getAsLong() : null, study.instances());
    }

    /** Has the latest priors of the study's patient fetched; answers before they are. */
    @POST
    @Path("/{studyKey}/priors")
    public Response priors(@PathParam("studyKey") String studyKey, @Context UriInfo uri) {
        Parameters.only(uri, Set.of());
        Priors.Wanted wanted = priors.want(Parameters.key("studyKey", studyKey)).orElseThrow(NotFoundException::new);
        return Response.accepted(wanted).build();
    }

    /**
     * Takes the caller's word that the study is complete, and ends its quiet period: 202 while its images are looked at, 200 when
     * nothing came since the last revision, 409 when announced instances are missing or no image is there.
     */
    @POST
    @Path("/{studyKey}/complete")
    public Response complete(@PathParam("studyKey") String studyKey, @Context UriInfo uri) {
        Parameters.only(uri, Set.of());
        Completion completion =
                hints.complete(Parameters.key("studyKey", studyKey), DOOR).orElseThrow(NotFoundException::new);
        return switch (completion.state()) {
            case ASSEMBLING -> Response.accepted(completion).build();
            case COMPLETE -> Response.ok(completion).build();
            case AWAITED ->
                Problem.response(409, "Instances were announced that have not come yet.", null)
                        .build();
            case NOTHING_DUE ->
                Problem.response(409, "The study has no image to be analysed.", null)
                        .build();
        };
    }

    /**
     * Erases all that is stored of the study: 202 while bytes of it may be on disk, 200 when none is. The same again changes
     * nothing, unless something of it was stored since.
     */
    @DELETE
    @Path("/{studyKey}")
    public Response erase(@PathParam("studyKey") String studyKey, @Context UriInfo uri) {
        Parameters.only(uri, Set.of());
        Erasure erasure =
                erasures.erase(Parameters.key("studyKey", studyKey), DOOR).orElseThrow(NotFoundException::new);
        return Response.status(erasure.removedAt() == null ? 202 : 200)
                .entity(erasure)
                .build();
    }

    /**
     * @param instances the archive has of the study; left out when it has no such study, or does not count
     * @param stored    instances that are here
     */
    public record Archived(Long instances, long stored) {}

    /** @param next {@code after} of the next page; left out on the last */
    public record Page(List<StudyView> studies, String next) {}
}
