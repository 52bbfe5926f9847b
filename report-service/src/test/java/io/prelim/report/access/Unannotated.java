package io.prelim.report.access;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An endpoint whose author forgot its roles. */
@Path(Unannotated.PATH)
public class Unannotated {
    static final String PATH = "/api/unannotated";

    @GET
    public String get() {
        return "shown";
    }
}
