package io.prelim.ingest.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import java.util.function.Function;

/** Answers with a body or a range of it (RFC 9110 section 14): one range is 206; several are not supported, and all of it is the answer. */
public final class RangedBody {
    private RangedBody() {}

    /**
     * @param mediaType of the body
     * @param length  bytes of the whole body
     * @param tag     its entity tag, in quotes
     * @param range   the Range header, or null
     * @param ifRange the If-Range header, or null
     * @param body    writes the range it is given
     */
    public static Response.ResponseBuilder of(
            String mediaType,
            long length,
            String tag,
            String range,
            String ifRange,
            Function<ByteRange, StreamingOutput> body) {
        Optional<ByteRange> asked =
                ifRange == null || ifRange.equals(tag) ? ByteRange.parse(range, length) : Optional.empty();
        if (asked.isPresent() && !asked.get().satisfiable()) {
            return Problem.response(416, "There are " + length + " bytes.", null)
                    .header("Content-Range", "bytes */" + length);
        }
        ByteRange sent = asked.orElse(new ByteRange(0, length));
        Response.ResponseBuilder response = Response.status(asked.isPresent() ? 206 : 200)
                .entity(body.apply(sent))
                .type(mediaType)
                .header(HttpHeaders.CONTENT_LENGTH, sent.to() - sent.from())
                .header(HttpHeaders.ETAG, tag)
                .header("Accept-Ranges", "bytes");
        if (asked.isPresent()) {
            response.header("Content-Range", "bytes " + sent.from() + "-" + (sent.to() - 1) + "/" + length);
        }
        return response;
    }
}
