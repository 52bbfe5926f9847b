package io.prelim.ingest.web.qido;

import io.prelim.dicom.json.BulkDataPolicy;
import io.prelim.dicom.json.DicomJsonWriter;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.web.Parameters;
import io.prelim.ingest.web.Refused;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Addresses;
import io.prelim.ingest.web.dicom.Admission;
import io.prelim.ingest.web.dicom.IdentifiedData;
import io.prelim.ingest.web.dicom.Json;
import io.prelim.ingest.web.dicom.Offer;
import io.prelim.ingest.web.dicom.Warnings;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Searches for studies, series and instances (PS3.18 section 10.6). No match is 204; matches that are more than were asked for, or than are
 * given at a time, are told of by a Warning.
 */
@Path(Addresses.ROOT)
@IdentifiedData
@Blocking
public class SearchResource {
    private static final Logger LOG = Logger.getLogger(SearchResource.class);

    /** PS3.18 section 8.3.4.2 gives this text. */
    private static final String NOT_FUZZY =
            "The fuzzymatching parameter is not supported. Only literal matching has been performed.";

    private static final String MORE = "There are additional results that can be requested.";

    private final Search search;
    private final Addresses addresses;
    private final Admission admission;
    private final Query.Bounds bounds;

    SearchResource(Search search, Addresses addresses, Admission admission, IngestConfig config) {
        this.search = search;
        this.addresses = addresses;
        this.admission = admission;
        this.bounds = new Query.Bounds(
                config.dicomWeb().defaultResults(),
                config.dicomWeb().maxResults(),
                config.dicomWeb().maxOffset());
    }

    @GET
    @Path("/studies")
    public Response studies(@Context HttpHeaders headers, @Context UriInfo uri, @Context RoutingContext routing) {
        return answer(Level.STUDY, new Query.Path(null, null), headers, uri, routing);
    }

    @GET
    @Path("/series")
    public Response series(@Context HttpHeaders headers, @Context UriInfo uri, @Context RoutingContext routing) {
        return answer(Level.SERIES, new Query.Path(null, null), headers, uri, routing);
    }

    @GET
    @Path("/instances")
    public Response instances(@Context HttpHeaders headers, @Context UriInfo uri, @Context RoutingContext routing) {
        return answer(Level.INSTANCE, new Query.Path(null, null), headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series")
    public Response seriesOfStudy(
            @PathParam("study") String study,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return answer(Level.SERIES, path(study, null), headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/instances")
    public Response instancesOfStudy(
            @PathParam("study") String study,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return answer(Level.INSTANCE, path(study, null), headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/instances")
    public Response instancesOfSeries(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return answer(Level.INSTANCE, path(study, series), headers, uri, routing);
    }

    private static Query.Path path(String study, String series) {
        return new Query.Path(Parameters.uid("study", study), Parameters.uid("series", series));
    }

    private Response answer(Level level, Query.Path path, HttpHeaders headers, UriInfo uri, RoutingContext routing) {
        Query query = Query.parse(level, path, uri.getQueryParameters(), bounds);
        String accept = Query.accept(uri.getQueryParameters());
        Offer offer = Accept.of(accept != null ? List.of(accept) : headers.getRequestHeader(HttpHeaders.ACCEPT))
                .require(Json.OFFERS);
        admission.enter(routing);
        String service = addresses.service(uri);
        Search.Found found;
        try {
            found = search.find(query, service);
        } catch (SQLException e) {
            OperatorMessage.REQUEST_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            throw new Refused(503, "The search was not answered in time, or there is no database.");
        }
        Response.ResponseBuilder response = found.matches().isEmpty()
                ? Response.noContent()
                : Response.ok((StreamingOutput)
                                out -> DicomJsonWriter.writeAll(found.matches(), out, BulkDataPolicy.INLINE))
                        .type(offer.mediaType());
        if (query.fuzzy()) {
            Warnings.add(response, service, NOT_FUZZY);
        }
        if (found.more()) {
            Warnings.add(response, service, MORE);
        }
        return response.build();
    }
}
