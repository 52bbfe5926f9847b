package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.object.ValueElement;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.web.ByteRange;
import io.prelim.ingest.web.RangedBody;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
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
 * One value of an instance (PS3.18 section 10.4.1.1.5), numbers in little endian: a body of its own, or a range of it. Encapsulated pixel data
 * comes as its frames.
 */
@Path(Addresses.ROOT)
@IdentifiedData
@Blocking
public class BulkDataResource {
    private static final List<Offer> BYTES = List.of(
            new Offer(FrameOffers.BYTES, false, Uid.EXPLICIT_VR_LITTLE_ENDIAN, true, true),
            new Offer(FrameOffers.BYTES, true, Uid.EXPLICIT_VR_LITTLE_ENDIAN, true, true));

    private final Instances instances;
    private final Reading reading;
    private final Addresses addresses;

    BulkDataResource(Instances instances, Reading reading, Addresses addresses) {
        this.instances = instances;
        this.reading = reading;
        this.addresses = addresses;
    }

    /** A value, and where it is. @param word bytes whose order is turned; 1 for none */
    private record Value(PixelBytes bytes, long length, int word, String tag) {
        void write(ByteRange range, OutputStream out) throws IOException {
            long from = range.from() / word * word;
            long to = Math.min(bytes.length(), (range.to() + word - 1) / word * word);
            // a word that is cut by the range is read whole
            OutputStream cut = new CutStream(out, range.from() - from, range.to() - range.from());
            InstanceFile.copy(bytes, from, to, word, cut);
        }
    }

    /** @param attribute see {@link AttributePath} */
    @GET
    @Path("/studies/{study}/series/{series}/instances/{instance}/bulkdata/{attribute}")
    public Response bulkData(
            @PathParam("study") String study,
            @PathParam("series") String series,
            @PathParam("instance") String instance,
            @PathParam("attribute") String attribute,
            @HeaderParam("Range") String range,
            @HeaderParam("If-Range") String ifRange,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context RoutingContext routing)
            throws IOException {
        AttributePath path = AttributePath.parse(attribute);
        Accept accept = Requests.accept(headers, uri);
        reading.admission().enter(routing);
        Instance found = instances.one(instances.scope(study, series, instance));
        OpenInstance open = new OpenInstance(reading, found);
        Admission.afterwards(routing, () -> Requests.close(open));
        String location = Addresses.of(addresses.service(uri), study, series, instance);
        if (path.is(Tag.PIXEL_DATA) && open.syntax().encapsulated()) {
            FrameAnswer answer = new FrameAnswer(reading, routing, open, location + "/frames/");
            return open.orRefused(() -> answer.ofAll(accept));
        }
        Value value = open.orRefused(() -> path.is(Tag.PIXEL_DATA) ? pixels(open) : value(open, path));
        Offer offer = accept.require(BYTES);
        if (!offer.multipart()) {
            return RangedBody.of(
                            FrameOffers.BYTES,
                            value.length(),
                            value.tag(),
                            range,
                            ifRange,
                            sent -> out -> value.write(sent, out))
                    .build();
        }
        String boundary = MultipartWriter.boundary();
        ByteRange whole = new ByteRange(0, value.length());
        StreamingOutput body = Cutting.of(routing, out -> {
            MultipartWriter parts = new MultipartWriter(boundary, out);
            parts.part(offer.contentType(), location + "/bulkdata/" + attribute, part -> value.write(whole, part));
            parts.end();
        });
        return Response.ok(body)
                .type(MultipartWriter.contentType(FrameOffers.BYTES, boundary))
                .build();
    }

    private static Value pixels(OpenInstance open) throws IOException {
        if (open.instance().kind().damaged()) {
            throw StoredParts.gone();
        }
        PixelData pixels = open.pixelData();
        if (pixels == null) {
            throw new NotFoundException();
        }
        PixelBytes bytes = open.pixels();
        int word = open.syntax().bigEndian() && pixels.vr() == VR.OW ? 2 : 1;
        Instance instance = open.instance();
        String digest = (instance.pixels() == null ? instance.header() : instance.pixels())
                .reference()
                .digest();
        return new Value(bytes, bytes.length(), word, "\"" + digest + "\"");
    }

    private static Value value(OpenInstance open, AttributePath path) throws IOException {
        Optional<ValueElement> found = path.find(open.header().dataSet());
        byte[] bytes = (found.isPresent() ? found : path.find(open.trailer()))
                .orElseThrow(NotFoundException::new)
                .bytes();
        String digest = open.instance().header().reference().digest();
        return new Value(PixelBytes.of(bytes), bytes.length, 1, "\"" + digest + "\"");
    }

    /** Passes on so many bytes, after so many others. */
    private static final class CutStream extends OutputStream {
        private final OutputStream out;
        private long before;
        private long left;

        CutStream(OutputStream out, long before, long count) {
            this.out = out;
            this.before = before;
            this.left = count;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int skipped = (int) Math.min(before, count);
            before -= skipped;
            int passed = (int) Math.min(left, count - skipped);
            left -= passed;
            if (passed > 0) {
                out.write(bytes, offset + skipped, passed);
            }
        }
    }
}
