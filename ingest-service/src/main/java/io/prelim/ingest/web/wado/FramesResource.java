package io.prelim.ingest.web.wado;

import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.web.BadParameter;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Addresses;
import io.prelim.ingest.web.dicom.Admission;
import io.prelim.ingest.web.dicom.IdentifiedData;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Frames of an instance (PS3.18 section 10.4.1.1.6), in the order they are asked for. */
@Path(Addresses.ROOT)
@IdentifiedData
@Blocking
public class FramesResource {
    private final Instances instances;
    private final Reading reading;
    private final Addresses addresses;

    FramesResource(Instances instances, Reading reading, Addresses addresses) {
        this.instances = instances;
        this.reading = reading;
        this.addresses = addresses;
    }

    /** @param frames numbers from 1, with commas between them */
    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}")
    public Response frames(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @PathParam("frames") String frames,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        List<Integer> numbers = numbers(frames);
        Accept accept = Requests.accept(headers, uri);
        reading.admission().enter(routing);
        Instance found = instances.one(instances.scope(study, series, instance));
        OpenInstance open = new OpenInstance(reading, found);
        Admission.afterwards(routing, () -> Requests.close(open));
        String location = Addresses.of(addresses.service(uri), study, series, instance) + "/frames/";
        FrameAnswer answer = new FrameAnswer(reading, routing, open, location);
        return open.orRefused(() -> answer.of(numbers, accept));
    }

    /** @throws BadParameter for what is no list of numbers from 1 */
    static List<Integer> numbers(String list) {
        if (!list.matches("[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*")) {
            throw new BadParameter("frames", "must be numbers from 1 with commas between them");
        }
        return Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
    }
}
