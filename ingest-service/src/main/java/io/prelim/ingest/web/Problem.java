package io.prelim.ingest.web;

import io.prelim.events.EventJson;
import jakarta.ws.rs.core.Response;

/**
 * An error as RFC 9457 says it.
 *
 * @param type      {@code about:blank}: the title says it all
 * @param parameter the request's parameter that is wrong; left out where none is
 */
record Problem(String type, String title, int status, String detail, String parameter) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** @param detail what was wrong, without what was sent */
    static Response.ResponseBuilder response(int status, String detail, String parameter) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return Response.status(status)
                .entity(EventJson.write(new Problem("about:blank", title, status, detail, parameter)))
                .type(MEDIA_TYPE);
    }
}
