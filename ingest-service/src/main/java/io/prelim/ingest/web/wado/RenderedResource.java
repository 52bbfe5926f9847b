package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.render.PictureFormat;
import io.prelim.dicom.pixel.render.Rendering;
import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.index.VisibleInstances.Scope;
import io.prelim.ingest.web.BadParameter;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Addresses;
import io.prelim.ingest.web.dicom.Admission;
import io.prelim.ingest.web.dicom.Cutting;
import io.prelim.ingest.web.dicom.IdentifiedData;
import io.prelim.ingest.web.dicom.Offer;
import io.prelim.ingest.web.multipart.MultipartWriter;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Pictures of frames (PS3.18 sections 10.4.1.1.3 and 10.4.1.1.4): of the frames that are named, of an instance's middle one, or of each instance of a
 * study or series; thumbnails, of the middle one of whatever it is.
 */
@Path(Addresses.ROOT)
@IdentifiedData
@Blocking
public class RenderedResource {
    private static final int MIDDLE = -1;
    private static final Set<String> OF_PICTURE = Set.of("accept", "quality", "viewport", "window");
    private static final Set<String> OF_THUMBNAIL = Set.of("accept", "viewport");

    private final Instances instances;
    private final Reading reading;
    private final Renderer renderer;
    private final Addresses addresses;

    RenderedResource(Instances instances, Reading reading, Renderer renderer, Addresses addresses) {
        this.instances = instances;
        this.reading = reading;
        this.renderer = renderer;
        this.addresses = addresses;
    }

    @GET
    @Path("/studies/{study}/rendered")
    public Response study(
            @PathParam("study") String study,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return each(instances.scope(study, null, null), study, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/rendered")
    public Response series(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return each(instances.scope(study, series, null), study, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}/rendered")
    public Response instance(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        return frames(study, series, instance, List.of(), headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}/rendered")
    public Response frames(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @PathParam("frames") String frames,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        return frames(study, series, instance, FramesResource.numbers(frames), headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/thumbnail")
    public Response thumbnailOfStudy(
            @PathParam("study") String study,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        return thumbnail(instances.scope(study, null, null), MIDDLE, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/thumbnail")
    public Response thumbnailOfSeries(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        return thumbnail(instances.scope(study, series, null), MIDDLE, headers, uri, routing);
    }

    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}/thumbnail")
    public Response thumbnailOfInstance(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        return thumbnail(instances.scope(study, series, instance), MIDDLE, headers, uri, routing);
    }

    /** Of the first frame that is named. */
    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}/thumbnail")
    public Response thumbnailOfFrame(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @PathParam("frames") String frames,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        int frame = FramesResource.numbers(frames).get(0) - 1;
        return thumbnail(instances.scope(study, series, instance), frame, headers, uri, routing);
    }

    /** @param numbers from 1; none for the middle one */
    private Response frames(
            String study,
            String series,
            String instance,
            List<Integer> numbers,
            HttpHeaders headers,
            UriInfo uri,
            RoutingContext routing)
            throws IOException {
        Accept accept = Requests.accept(headers, uri, OF_PICTURE);
        Offer offer = accept.require(offers(numbers.size() < 2));
        Renderer.Picture picture = picture(offer, Rendering.DEFAULT, uri);
        reading.admission().enter(routing);
        Instance found = instances.one(instances.scope(study, series, instance));
        OpenInstance open = new OpenInstance(reading, found);
        Admission.afterwards(routing, () -> Requests.close(open));
        int frame = numbers.isEmpty() ? MIDDLE : numbers.get(0) - 1;
        byte[] first = open.orRefused(() -> renderer.draw(open, frame, picture));
        if (!offer.multipart()) {
            return single(first, offer);
        }
        String boundary = MultipartWriter.boundary();
        String location = Addresses.of(addresses.service(uri), study, series, instance);
        StreamingOutput body = Cutting.of(routing, out -> {
            MultipartWriter parts = new MultipartWriter(boundary, out);
            parts.part(offer.mediaType(), location + below(numbers, 0), part -> part.write(first));
            for (int i = 1; i < numbers.size(); i++) {
                byte[] next = renderer.draw(open, numbers.get(i) - 1, picture);
                parts.part(offer.mediaType(), location + below(numbers, i), part -> part.write(next));
            }
            parts.end();
        });
        return parts(body, offer, boundary);
    }

    private static String below(List<Integer> numbers, int index) {
        return (numbers.isEmpty() ? "" : "/frames/" + numbers.get(index)) + "/rendered";
    }

    /** What cannot be drawn is left out: no pixels, damage, no code stream. */
    private Response each(Scope scope, String study, HttpHeaders headers, UriInfo uri, RoutingContext routing) {
        Accept accept = Requests.accept(headers, uri, OF_PICTURE);
        Offer offer = accept.require(offers(false));
        Renderer.Picture picture = picture(offer, Rendering.DEFAULT, uri);
        reading.admission().enter(routing);
        instances.kinds(scope); // 404 before the answer begins
        String service = addresses.service(uri);
        String boundary = MultipartWriter.boundary();
        StreamingOutput body = Cutting.of(routing, out -> {
            MultipartWriter parts = new MultipartWriter(boundary, out);
            for (Instance row : instances.all(scope)) {
                byte[] drawn = drawn(row, picture);
                if (drawn != null) {
                    String location = Addresses.of(service, study, row.seriesInstanceUid(), row.sopInstanceUid());
                    parts.part(offer.mediaType(), location + "/rendered", part -> part.write(drawn));
                }
            }
            parts.end();
        });
        return parts(body, offer, boundary);
    }

    private byte[] drawn(Instance row, Renderer.Picture picture) throws IOException {
        if (!row.kind().pixels() || row.kind().damaged()) {
            return null;
        }
        try (OpenInstance open = new OpenInstance(reading, row)) {
            return renderer.draw(open, MIDDLE, picture);
        } catch (MalformedInput e) {
            return null;
        }
    }

    private Response thumbnail(Scope scope, int frame, HttpHeaders headers, UriInfo uri, RoutingContext routing)
            throws IOException {
        Offer offer = Requests.accept(headers, uri, OF_THUMBNAIL).require(offers(true));
        Renderer.Picture picture = picture(offer, Rendering.THUMBNAIL, uri);
        reading.admission().enter(routing);
        OpenInstance open = new OpenInstance(reading, instances.middle(scope));
        Admission.afterwards(routing, () -> Requests.close(open));
        byte[] drawn = open.orRefused(() -> renderer.thumbnail(open, frame, picture));
        return single(drawn, offer);
    }

    private static Response single(byte[] drawn, Offer offer) {
        return Response.ok(drawn)
                .type(offer.mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, drawn.length)
                .build();
    }

    private static Response parts(StreamingOutput body, Offer offer, String boundary) {
        return Response.ok(body)
                .type(MultipartWriter.contentType(offer.mediaType(), boundary))
                .build();
    }

    /** @param single whether a picture may be a body of its own, and is unless asked for otherwise */
    private static List<Offer> offers(boolean single) {
        List<Offer> offers = new ArrayList<>();
        for (boolean multipart : single ? new boolean[] {false, true} : new boolean[] {true}) {
            for (PictureFormat format : PictureFormat.values()) {
                offers.add(new Offer(format.mediaType(), multipart, null, true, false));
            }
        }
        return offers;
    }

    private static Renderer.Picture picture(Offer offer, Rendering base, UriInfo uri) {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        PictureFormat format = Arrays.stream(PictureFormat.values())
                .filter(known -> known.mediaType().equals(offer.mediaType()))
                .findFirst()
                .orElseThrow();
        try {
            int quality = PictureFormat.quality(parameters.getFirst("quality"));
            return new Renderer.Picture(
                    format, base.with(parameters.getFirst("window"), parameters.getFirst("viewport")), quality);
        } catch (MalformedInput e) {
            throw new BadParameter("picture", "cannot be drawn so: " + e.what());
        }
    }
}
