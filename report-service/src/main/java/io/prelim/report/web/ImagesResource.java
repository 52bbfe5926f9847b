package io.prelim.report.web;

import io.prelim.access.Roles;
import io.prelim.report.neighbour.StudyImages;
import io.prelim.report.store.ReportStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;

/**
 * The images that a report is of, as ingest has them: a reader's browser asks here alone. Of another study nothing can be had by a report's
 * address.
 */
@Path("/api/reports/{reportKey}/images")
@Blocking
@RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
public class ImagesResource {
    private final ReportStore reports;
    private final StudyImages images;

    ImagesResource(ReportStore reports, StudyImages images) {
        this.reports = reports;
        this.images = images;
    }

    /** By series and instance number. 404 where the images are gone, 502 and 504 where ingest gives no usable answer. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Images list(@PathParam("reportKey") String reportKey, @Context UriInfo uri) {
        Parameters.only(uri);
        UUID key = Parameters.key("reportKey", reportKey);
        return new Images(key, images.of(study(key)));
    }

    /** The samples of a grey frame before the modality LUT, 8 bits or 16 little endian. */
    @GET
    @Path("/{seriesInstanceUid}/{sopInstanceUid}/frames/{frame}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] samples(
            @PathParam("reportKey") String reportKey,
            @PathParam("seriesInstanceUid") String series,
            @PathParam("sopInstanceUid") String instance,
            @PathParam("frame") String frame,
            @Context UriInfo uri) {
        Parameters.only(uri);
        return images.samples(
                study(Parameters.key("reportKey", reportKey)),
                Parameters.uid("seriesInstanceUid", series),
                Parameters.uid("sopInstanceUid", instance),
                number(frame));
    }

    /** A frame as a picture, for what has colours. */
    @GET
    @Path("/{seriesInstanceUid}/{sopInstanceUid}/frames/{frame}")
    @Produces("image/png;qs=0.9")
    public byte[] picture(
            @PathParam("reportKey") String reportKey,
            @PathParam("seriesInstanceUid") String series,
            @PathParam("sopInstanceUid") String instance,
            @PathParam("frame") String frame,
            @Context UriInfo uri) {
        Parameters.only(uri);
        return images.picture(
                study(Parameters.key("reportKey", reportKey)),
                Parameters.uid("seriesInstanceUid", series),
                Parameters.uid("sopInstanceUid", instance),
                number(frame));
    }

    private static int number(String frame) {
        return (int) Parameters.number("frame", frame, 1, Integer.MAX_VALUE, 1);
    }

    /** In a transaction that ends before ingest is asked: one that waits must not hold a connection to the database. */
    @Transactional
    @PatientRecord
    String study(UUID reportKey) {
        return reports.studyInstanceUid(reportKey).orElseThrow(NotFoundException::new);
    }

    /** The images of a report. */
    public record Images(UUID reportKey, List<StudyImages.Image> images) {}
}
