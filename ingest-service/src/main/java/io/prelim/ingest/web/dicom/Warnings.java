package io.prelim.ingest.web.dicom;

import jakarta.ws.rs.core.Response;

/** Warning headers as PS3.18 section 8.5.1 has them. */
public final class Warnings {
    private Warnings() {}

    /** @param text without quotes */
    public static void add(Response.ResponseBuilder response, String service, String text) {
        response.header("Warning", "299 " + service + ": \"" + text + "\"");
    }
}
