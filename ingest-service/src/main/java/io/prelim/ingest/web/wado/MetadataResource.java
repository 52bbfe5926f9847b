package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.json.BulkDataPolicy;
import io.prelim.dicom.json.DicomJsonWriter;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.FragmentsElement;
import io.prelim.dicom.object.PixelData;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.index.VisibleInstances.Kind;
import io.prelim.ingest.index.VisibleInstances.Scope;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Addresses;
import io.prelim.ingest.web.dicom.Cutting;
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
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/**
 * Metadata of a study's, a series' or one instance (PS3.18 section 10.4.1.1.2) as DICOM JSON: one header at a time is in memory. Pixel data,
 * and values of bytes above {@code prelim.dicom-web.max-inline}, are BulkDataURIs. Headers that are damaged are left out, as
 * {@link RetrieveResource} does.
 */
@Path(Addresses.ROOT)
@IdentifiedData
@Blocking
public class MetadataResource {
    private final Instances instances;
    private final Reading reading;
    private final Addresses addresses;
    private final int maxInline;

    MetadataResource(Instances instances, Reading reading, Addresses addresses, IngestConfig config) {
        this.instances = instances;
        this.reading = reading;
        this.addresses = addresses;
        this.maxInline = (int) Math.min(config.dicomWeb().maxInline().asLongValue(), Integer.MAX_VALUE);
    }

    @GET
    @Path("/studies/{study}/metadata")
    public Response study(
            @PathParam("study") String study,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return metadata(instances.scope(study, null, null), study, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/metadata")
    public Response series(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return metadata(instances.scope(study, series, null), study, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}/metadata")
    public Response instance(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return metadata(instances.scope(study, series, instance), study, headers, uri, routing);
    }

    private Response metadata(Scope scope, String study, HttpHeaders headers, UriInfo uri, RoutingContext routing) {
        Accept accept = Requests.accept(headers, uri);
        reading.admission().enter(routing);
        List<Kind> kinds = instances.kinds(scope);
        Offer offer = accept.require(Json.OFFERS);
        long sound = kinds.stream().filter(kind -> !kind.headerDamaged()).count();
        if (sound == 0) {
            throw StoredParts.gone();
        }
        String service = addresses.service(uri);
        StreamingOutput body = Cutting.of(routing, out -> write(scope, service, study, out));
        Response.ResponseBuilder response =
                Response.status(sound == kinds.size() ? 200 : 206).entity(body).type(offer.mediaType());
        if (sound < kinds.size()) {
            Warnings.add(response, service, "Instances that are damaged are left out.");
        }
        return response.build();
    }

    private void write(Scope scope, String service, String study, OutputStream out) throws IOException {
        Headers headers = new Headers(instances.all(scope).iterator(), service + "/studies/" + study);
        BulkDataPolicy large = BulkDataPolicy.above(maxInline, headers);
        try {
            DicomJsonWriter.writeAll(() -> headers, out, large);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Data sets without the value of pixel data, each read when it is asked for, and where its values can be fetched. */
    private final class Headers implements Iterator<DataSet>, BulkDataPolicy {
        private final Iterator<Instance> rows;
        private final String study;
        private Instance next;
        private String bulkData;

        Headers(Iterator<Instance> rows, String study) {
            this.rows = rows;
            this.study = study;
        }

        @Override
        public boolean hasNext() {
            while (next == null && rows.hasNext()) {
                Instance row = rows.next();
                next = row.kind().headerDamaged() ? null : row;
            }
            return next != null;
        }

        @Override
        public DataSet next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            Instance row = next;
            next = null;
            bulkData =
                    study + "/series/" + row.seriesInstanceUid() + "/instances/" + row.sopInstanceUid() + "/bulkdata/";
            try (OpenInstance open = new OpenInstance(reading, row)) {
                DataSet dataSet = open.header().dataSet();
                PixelData pixels = open.pixelData();
                // of a tag that comes twice the first counts, as when it was stored
                open.trailer().elements().stream()
                        .filter(element -> dataSet.element(element.tag()) == null)
                        .forEach(dataSet::put);
                if (pixels != null) {
                    // stands for the value, which is never inline
                    dataSet.put(new FragmentsElement(Tag.PIXEL_DATA, pixels.vr(), List.of()));
                }
                return dataSet;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String uri(String path, io.prelim.dicom.object.Element element) {
            return bulkData + AttributePath.ofTagPath(path);
        }
    }
}
