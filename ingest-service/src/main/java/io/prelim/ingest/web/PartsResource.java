package io.prelim.ingest.web;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.ingest.index.DamagedParts;
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
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * A stored part or a range of it, for services that hold a token. Who asks is checked before what is asked for. The digest is
 * always the whole part's (RFC 3230), so that a transfer resumed by ranges can be checked at its end. A part that is known to be
 * damaged, or of an instance that was taken back, is answered 410.
 */
@Path("/internal/parts")
@Blocking
public class PartsResource {
    private final PartClients clients;
    private final PartIndex parts;
    private final DamagedParts damaged;
    private final SegmentLog log;

    PartsResource(PartClients clients, PartIndex parts, DamagedParts damaged, SegmentLog log) {
        this.clients = clients;
        this.parts = parts;
        this.damaged = damaged;
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
        PartRow found = present(Parameters.key("partId", partId));
        PartReference part = found.reference();
        if (!allowed.contains(part.partClass())) {
            throw new ForbiddenException();
        }
        if (!log.holds(found.location()) || damaged.contains(part.partId())) {
            return Problem.response(
                            410, "The part's bytes are damaged; they come back when its object is sent again.", null)
                    .build();
        }
        if (parts.rejected(found)) {
            return Problem.response(410, "The part is of an instance that was rejected.", null)
                    .build();
        }
        String tag = "\"" + part.digest() + "\"";
        return RangedBody.of(
                        part.partClass() == PartClass.MANIFEST
                                ? MediaType.APPLICATION_JSON
                                : MediaType.APPLICATION_OCTET_STREAM,
                        part.length(),
                        tag,
                        range,
                        ifRange,
                        sent -> new PartStream(log, damaged, found, sent))
                .header("Digest", "sha-256=" + base64(part.digest()))
                .header("X-Prelim-Part-Class", part.partClass().name())
                .build();
    }

    /** A segment goes after its parts' places have moved on: a row that was read before names the old one. */
    private PartRow present(UUID partId) {
        return parts.find(partId)
                .filter(row -> log.holds(row.location()))
                .or(() -> parts.find(partId))
                .orElseThrow(NotFoundException::new);
    }

    /** @param digest {@code sha256:} and hexadecimal digits */
    private static String base64(String digest) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.substring(digest.indexOf(':') + 1)));
    }
}
