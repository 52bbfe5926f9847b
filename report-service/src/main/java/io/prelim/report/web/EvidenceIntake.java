package io.prelim.report.web;

import io.prelim.report.store.Digests;
import io.prelim.report.store.EvidenceStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes evidence from inference, before the outcome that names it. Who asks is checked first, here and by a token, then what the headers say, and only then is
 * the body read: as much of it as was announced, a few at a time.
 */
@Path("/internal/evidence")
@Blocking
public class EvidenceIntake {
    private static final int AT_ONCE = 4;
    private static final Duration BODY = Duration.ofSeconds(30);

    /** RFC 9530 section 2, of one algorithm; 32 bytes are 43 digits and a filler. */
    private static final Pattern CONTENT_DIGEST = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");

    private final EvidenceClient client;
    private final EvidenceStore store;
    private final Semaphore places = new Semaphore(AT_ONCE);

    EvidenceIntake(EvidenceClient client, EvidenceStore store) {
        this.client = client;
        this.store = store;
    }

    /** 201 when it is new, 200 when it was there, 409 when a stored outcome names the part with another digest. */
    @PUT
    @PermitAll
    @Path("/{partId}")
    @Consumes(MediaType.WILDCARD)
    public Response put(
            @PathParam("partId") String partId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) String contentLength,
            @HeaderParam("Content-Digest") String contentDigest,
            InputStream body) {
        if (!client.knows(authorization)) {
            Response refusal = Problem.response(401, "A bearer token is needed that this service knows.", null);
            return Response.fromResponse(refusal)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                    .build();
        }
        UUID key = Parameters.key("partId", partId);
        Optional<EvidenceType> type = EvidenceType.of(contentType);
        if (type.isEmpty()) {
            return Problem.response(
                    415, "Evidence is image/png or application/vnd.nifti+gzip.", HttpHeaders.CONTENT_TYPE);
        }
        if (contentLength == null) {
            return Problem.response(411, "Evidence is sent with its length.", HttpHeaders.CONTENT_LENGTH);
        }
        long length = Parameters.number(HttpHeaders.CONTENT_LENGTH, contentLength, 1, Long.MAX_VALUE, 0);
        if (length > EvidenceStore.MOST_BYTES) {
            return Problem.response(
                    413,
                    "Evidence has at most " + EvidenceStore.MOST_BYTES + " bytes a part.",
                    HttpHeaders.CONTENT_LENGTH);
        }
        String digest = digest(contentDigest);
        if (!places.tryAcquire()) {
            Response busy = Problem.response(503, "Too much evidence comes at once; try again.", null);
            return Response.fromResponse(busy)
                    .header(HttpHeaders.RETRY_AFTER, "1")
                    .build();
        }
        try {
            return keep(key, type.get(), digest, read(body, (int) length));
        } catch (IOException e) {
            return Problem.response(400, "The body did not come whole, or not in time.", null);
        } finally {
            places.release();
        }
    }

    private Response keep(UUID partId, EvidenceType type, String digest, byte[] bytes) {
        if (!Digests.sha256(bytes).equals(digest)) {
            return Problem.response(400, "The body has another digest than its header says.", "Content-Digest");
        }
        if (!type.begins(bytes)) {
            return Problem.response(415, "The body is no " + type.mediaType() + ".", HttpHeaders.CONTENT_TYPE);
        }
        return switch (store.keep(partId, digest, type.mediaType(), bytes)) {
            case NEW -> Response.status(201).build();
            case AGAIN -> Response.ok().build();
            case OTHERWISE_NAMED ->
                Problem.response(409, "A stored outcome names this part with another digest.", "Content-Digest");
        };
    }

    /** @return {@code sha256:} and hexadecimal digits */
    private static String digest(String header) {
        Matcher matcher = CONTENT_DIGEST.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()) {
            throw new BadParameter("Content-Digest", "must be sha-256=:, 44 digits of base64, :");
        }
        return "sha256:" + HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1)));
    }

    private static byte[] read(InputStream body, int length) throws IOException {
        byte[] bytes = new byte[length];
        long end = System.nanoTime() + BODY.toNanos();
        for (int have = 0; have < length; ) {
            int read = body.read(bytes, have, length - have);
            if (read < 0 || System.nanoTime() > end) {
                throw new IOException("after " + have + " bytes of " + length);
            }
            have += read;
        }
        return bytes;
    }
}
