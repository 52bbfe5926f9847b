package io.prelim.ingest.web.wado;

import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.index.VisibleInstances.Kind;
import io.prelim.ingest.index.VisibleInstances.Scope;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Addresses;
import io.prelim.ingest.web.dicom.Admission;
import io.prelim.ingest.web.dicom.Cutting;
import io.prelim.ingest.web.dicom.IdentifiedData;
import io.prelim.ingest.web.dicom.Offer;
import io.prelim.ingest.web.dicom.Warnings;
import io.prelim.ingest.web.multipart.MultipartWriter;
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
import java.util.List;
import java.util.Optional;

/**
 * Instances of a study or series, or one (PS3.18 section 10.4.1.1.1). What can come in no form that is accepted, or is damaged, is left
 * out, which 206 and a Warning say; nothing but such is 406, or 410.
 */
@Path(Addresses.ROOT)
@IdentifiedData
@Blocking
public class RetrieveResource {
    private final Instances instances;
    private final Reading reading;
    private final Addresses addresses;

    RetrieveResource(Instances instances, Reading reading, Addresses addresses) {
        this.instances = instances;
        this.reading = reading;
        this.addresses = addresses;
    }

    @GET
    @Path("/studies/{study}")
    public Response study(
            @PathParam("study") String study,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return several(instances.scope(study, null, null), study, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}")
    public Response series(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return several(instances.scope(study, series, null), study, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}")
    public Response instance(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        Accept accept = Requests.accept(headers, uri);
        reading.admission().enter(routing);
        Instance found = instances.one(instances.scope(study, series, instance));
        if (found.kind().damaged()) {
            throw StoredParts.gone();
        }
        Offer offer = accept.require(Form.offers(found.kind(), true));
        // looked at before it is answered; closed by whoever writes it, or here
        OpenInstance open = new OpenInstance(reading, found);
        InstanceFile file;
        try {
            file = open.orRefused(() -> new InstanceFile(reading, open, offer.transferSyntax()));
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
        Admission.afterwards(routing, () -> Requests.close(open));
        if (offer.multipart()) {
            String boundary = MultipartWriter.boundary();
            String location = Addresses.of(addresses.service(uri), study, series, instance);
            StreamingOutput body = Cutting.of(routing, out -> {
                MultipartWriter parts = new MultipartWriter(boundary, out);
                parts.part(offer.contentType(), location, file::write);
                parts.end();
            });
            return Response.ok(body)
                    .type(MultipartWriter.contentType(Form.DICOM, boundary))
                    .build();
        }
        Response.ResponseBuilder response =
                Response.ok(Cutting.of(routing, file::write)).type(offer.contentType());
        if (file.length() >= 0) {
            response.header(HttpHeaders.CONTENT_LENGTH, file.length());
        }
        return response.build();
    }

    private Response several(Scope scope, String study, HttpHeaders headers, UriInfo uri, RoutingContext routing) {
        Accept accept = Requests.accept(headers, uri);
        reading.admission().enter(routing);
        List<Kind> kinds = instances.kinds(scope);
        List<Kind> sound = kinds.stream().filter(kind -> !kind.damaged()).toList();
        if (sound.isEmpty()) {
            throw StoredParts.gone();
        }
        long sendable =
                sound.stream().filter(kind -> offer(accept, kind).isPresent()).count();
        if (sendable == 0) {
            throw Accept.notAcceptable(sound.stream()
                    .flatMap(kind -> Form.offers(kind, false).stream())
                    .toList());
        }
        String boundary = MultipartWriter.boundary();
        String service = addresses.service(uri);
        StreamingOutput body = Cutting.of(routing, out -> write(scope, study, service, accept, boundary, out));
        Response.ResponseBuilder response = Response.status(sendable == kinds.size() ? 200 : 206)
                .entity(body)
                .type(MultipartWriter.contentType(Form.DICOM, boundary));
        if (sendable < kinds.size()) {
            Warnings.add(
                    response, service, "Instances that are damaged, or in no form that is accepted, are left out.");
        }
        return response.build();
    }

    private static Optional<Offer> offer(Accept accept, Kind kind) {
        return kind.damaged() ? Optional.empty() : accept.choose(Form.offers(kind, false));
    }

    private void write(Scope scope, String study, String service, Accept accept, String boundary, OutputStream out)
            throws IOException {
        MultipartWriter parts = new MultipartWriter(boundary, out);
        for (Instance instance : instances.all(scope)) {
            Optional<Offer> offer = offer(accept, instance.kind());
            if (offer.isPresent()) {
                try (OpenInstance open = new OpenInstance(reading, instance)) {
                    InstanceFile file = open.orRefused(
                            () -> new InstanceFile(reading, open, offer.get().transferSyntax()));
                    String location =
                            Addresses.of(service, study, instance.seriesInstanceUid(), instance.sopInstanceUid());
                    parts.part(offer.get().contentType(), location, file::write);
                }
            }
        }
        parts.end();
    }
}
