package io.prelim.ingest.web;

import io.prelim.events.EventJson;
import jakarta.ws.rs.core.Response;

/**
 * An error as RFC 9457 says it.
 *
 * @param type      {@code about:blank}: the title says it all
 * @param parameter the request's parameter that is wrong; left out where none is
 */
public record Problem(String type, String title, int status, String detail, String parameter) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** @param detail what was wrong, without what was sent */
    static Response.ResponseBuilder response(int status, String detail, String parameter) {
        return Response.status(status).entity(json(status, detail, parameter)).type(MEDIA_TYPE);
    }

    /** The same as bytes, for answers that are not made by JAX-RS. */
    public static byte[] json(int status, String detail, String parameter) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return EventJson.write(new Problem("about:blank", title, status, detail, parameter));
    }
}
