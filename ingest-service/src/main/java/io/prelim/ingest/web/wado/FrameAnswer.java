package io.prelim.ingest.web.wado;

import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.ingest.web.Refused;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Admission;
import io.prelim.ingest.web.dicom.Cutting;
import io.prelim.ingest.web.dicom.Offer;
import io.prelim.ingest.web.multipart.MultipartWriter;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Frames of one instance as a response: the first is read before it begins, so that what cannot be read is said; the others as they go. */
final class FrameAnswer {
    private final Reading reading;
    private final RoutingContext routing;
    private final OpenInstance open;
    private final String location;

    /** @param location of the frames, with a slash at its end */
    FrameAnswer(Reading reading, RoutingContext routing, OpenInstance open, String location) {
        this.reading = reading;
        this.routing = routing;
        this.open = open;
        this.location = location;
    }

    /** All frames there are. */
    Response ofAll(Accept accept) throws IOException {
        required();
        int count = open.storedFrames().image().frames();
        return of(IntStream.rangeClosed(1, count).boxed().toList(), accept);
    }

    /**
     * @param numbers from 1
     * @throws NotFoundException when there is no such frame
     * @throws Refused 406, 410, or 422 for frames that cannot be read
     */
    Response of(List<Integer> numbers, Accept accept) throws IOException {
        required();
        List<Offer> offers = FrameOffers.of(open.instance().kind().transferSyntaxUid(), numbers.size() == 1);
        Offer offer = accept.require(offers);
        boolean stored = offer.stored();
        FrameReader frames = stored ? open.storedFrames() : open.frames();
        int most = frames.image().frames();
        if (numbers.stream().anyMatch(number -> number > most)) {
            throw new NotFoundException();
        }
        byte[] first = read(frames, numbers.get(0), stored);
        if (!offer.multipart()) {
            return Response.ok(first)
                    .type(offer.contentType())
                    .header(HttpHeaders.CONTENT_LENGTH, first.length)
                    .build();
        }
        String boundary = MultipartWriter.boundary();
        StreamingOutput body = Cutting.of(routing, out -> {
            MultipartWriter parts = new MultipartWriter(boundary, out);
            for (int i = 0; i < numbers.size(); i++) {
                byte[] frame = i == 0 ? first : read(frames, numbers.get(i), stored);
                parts.part(offer.contentType(), location + numbers.get(i), part -> part.write(frame));
            }
            parts.end();
        });
        return Response.ok(body)
                .type(MultipartWriter.contentType(offer.mediaType(), boundary))
                .build();
    }

    private void required() throws IOException {
        if (open.instance().kind().damaged()) {
            throw StoredParts.gone();
        }
        if (open.pixelData() == null) {
            throw new NotFoundException(); // an object without pixel data has no frames
        }
    }

    private byte[] read(FrameReader frames, int number, boolean stored) throws IOException {
        try (Admission.Decoding decoding = reading.admission().decode()) {
            return stored ? frames.stored(number - 1) : frames.frame(number - 1).bytes();
        }
    }
}
