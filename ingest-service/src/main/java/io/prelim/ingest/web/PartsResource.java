package io.prelim.ingest.web;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.ingest.index.PartIndex;
import io.prelim.ingest.index.PartRow;
import io.prelim.store.SegmentLog;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A stored part or a range of it, for services that hold a token. Who asks is checked before what is asked for. The digest is
 * always the whole part's (RFC 3230), so that a transfer resumed by ranges can be checked at its end.
 */
@Path("/internal/parts")
@Blocking
public class PartsResource {
    private static final int BUFFER = 64 << 10;

    private final PartClients clients;
    private final PartIndex parts;
    private final SegmentLog log;

    PartsResource(PartClients clients, PartIndex parts, SegmentLog log) {
        this.clients = clients;
        this.parts = parts;
        this.log = log;
    }

    /** One range is answered 206; several are not supported, and the whole part is the answer (RFC 9110 section 14.2). */
    @GET
    @Path("/{partId}")
    public Response part(
            @PathParam("partId") String partId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("Range") String range,
            @HeaderParam("If-Range") String ifRange) {
        Set<PartClass> allowed = clients.allowed(authorization).orElseThrow(() -> new NotAuthorizedException("Bearer"));
        PartRow found = parts.find(Parameters.key("partId", partId)).orElseThrow(NotFoundException::new);
        PartReference part = found.reference();
        if (!allowed.contains(part.partClass())) {
            throw new ForbiddenException();
        }
        String tag = "\"" + part.digest() + "\"";
        Optional<ByteRange> asked =
                ifRange == null || ifRange.equals(tag) ? ByteRange.parse(range, part.length()) : Optional.empty();
        if (asked.isPresent() && !asked.get().satisfiable()) {
            return Problem.response(416, "The part has " + part.length() + " bytes.", null)
                    .header("Content-Range", "bytes */" + part.length())
                    .build();
        }
        ByteRange sent = asked.orElse(new ByteRange(0, part.length()));
        Response.ResponseBuilder response = Response.status(asked.isPresent() ? 206 : 200)
                .entity(stream(found, sent))
                .type(
                        part.partClass() == PartClass.MANIFEST
                                ? MediaType.APPLICATION_JSON_TYPE
                                : MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, sent.to() - sent.from())
                .header(HttpHeaders.ETAG, tag)
                .header("Accept-Ranges", "bytes")
                .header("Digest", "sha-256=" + base64(part.digest()))
                .header("X-Prelim-Part-Class", part.partClass().name());
        if (asked.isPresent()) {
            response.header("Content-Range", "bytes " + sent.from() + "-" + (sent.to() - 1) + "/" + part.length());
        }
        return response.build();
    }

    private StreamingOutput stream(PartRow found, ByteRange range) {
        return out -> {
            try (InputStream in = log.read(found.location(), range.from(), range.to())) {
                copy(in, out);
            }
        };
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    /** @param digest {@code sha256:} and hexadecimal digits */
    private static String base64(String digest) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.substring(digest.indexOf(':') + 1)));
    }
}
