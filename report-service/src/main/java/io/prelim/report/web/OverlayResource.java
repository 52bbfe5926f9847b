package io.prelim.report.web;

import io.prelim.access.Roles;
import io.prelim.events.Finding;
import io.prelim.report.archive.Documents;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.seg.Mask;
import io.prelim.report.render.seg.MaskPictures;
import io.prelim.report.store.ReportStore;
import io.prelim.report.view.ReportViews;
import io.smallrye.common.annotation.Blocking;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What lies over images where a finding was seen: on which of them, and the picture to lay. */
@Path("/api/reports/{reportKey}/overlays/{findingId}")
@Blocking
@Transactional
@RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
@PatientRecord
public class OverlayResource {
    private final ReportStore reports;
    private final ReportViews views;
    private final Documents documents;
    private final Renderings bounded;

    OverlayResource(ReportStore reports, ReportViews views, Documents documents, Renderings bounded) {
        this.reports = reports;
        this.views = views;
        this.documents = documents;
        this.bounded = bounded;
    }

    /** Of the newest version, or of one. A finding without map or mask names its images all the same. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Overlay overlay(
            @PathParam("reportKey") String reportKey,
            @PathParam("findingId") String findingId,
            @QueryParam("version") String version,
            @Context UriInfo uri)
            throws IOException {
        Asked asked = asked(reportKey, findingId, version, uri);
        Optional<Mask> mask = documents.mask(asked.finding());
        if (mask.isPresent()) {
            List<Layer> layers = new ArrayList<>();
            for (MaskPictures.Marked marked : bounded.place(() -> MaskPictures.marked(mask.get()))) {
                layers.add(new Layer(
                        marked.sopInstanceUid(),
                        marked.frame(),
                        marked.pixels(),
                        address(asked, "overlays") + "/" + marked.sopInstanceUid() + "/" + marked.frame() + "?version="
                                + asked.version()));
            }
            return new Overlay(asked.finding().findingId(), Kind.MASK, layers);
        }
        boolean map = asked.finding().part() != null;
        String picture = map ? address(asked, "evidence") + "?version=" + asked.version() : null;
        List<Layer> layers = new ArrayList<>();
        for (Finding.ImageReference image : asked.finding().images()) {
            layers.add(new Layer(image.sopInstanceUid(), image.frame(), 0, picture));
        }
        return new Overlay(asked.finding().findingId(), map ? Kind.MAP : Kind.NONE, layers);
    }

    /** The mask over one image, white on black, pixel for pixel. */
    @GET
    @Path("/{sopInstanceUid}/{frame}")
    @Produces("image/png")
    public byte[] picture(
            @PathParam("reportKey") String reportKey,
            @PathParam("findingId") String findingId,
            @PathParam("sopInstanceUid") String sopInstanceUid,
            @PathParam("frame") String frame,
            @QueryParam("version") String version,
            @Context UriInfo uri)
            throws IOException {
        Asked asked = asked(reportKey, findingId, version, uri);
        String image = Parameters.uid("sopInstanceUid", sopInstanceUid);
        int number = (int) Parameters.number("frame", frame, 1, Integer.MAX_VALUE, 1);
        Mask mask = documents.mask(asked.finding()).orElseThrow(NotFoundException::new);
        return bounded.place(() -> MaskPictures.png(mask, image, number)).orElseThrow(NotFoundException::new);
    }

    private Asked asked(String reportKey, String findingId, String version, UriInfo uri) {
        Parameters.only(uri, "version");
        UUID key = Parameters.key("reportKey", reportKey);
        UUID finding = Parameters.key("findingId", findingId);
        var row = StoredVersion.of(reports, key, version);
        return views.of(key, row).findings().stream()
                .filter(each -> each.findingId().equals(finding))
                .findFirst()
                .map(each -> new Asked(key, row.version(), each))
                .orElseThrow(NotFoundException::new);
    }

    private static String address(Asked asked, String what) {
        return "/api/reports/" + asked.reportKey() + "/" + what + "/"
                + asked.finding().findingId();
    }

    private record Asked(UUID reportKey, int version, Evidence.OfFinding finding) {}

    /** What kind of picture is laid. */
    public enum Kind {
        /** How much each place spoke for the finding; stretched over the image. */
        MAP,
        /** What was segmented. */
        MASK,
        /** None: the images that the finding was read from are named alone. */
        NONE
    }

    /** What lies over the images of a finding. */
    public record Overlay(UUID findingId, Kind kind, List<Layer> images) {}

    /**
     * @param frame  from 1; 0 for every frame
     * @param pixels that are marked; 0 where nobody counted
     * @param href   of the picture; null, and left out, where there is none; answered 404 when its file is not there
     */
    public record Layer(String sopInstanceUid, int frame, int pixels, String href) {}
}
