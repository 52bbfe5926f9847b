package io.prelim.report.web;

import io.prelim.access.Caller;
import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.access.Sites;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.TreeSet;

/** Who asks, as this service knows them: so that a page need not ask them again. */
@Path("/api/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    private final Callers callers;

    MeResource(Callers callers) {
        this.callers = callers;
    }

    @GET
    @RolesAllowed({Roles.MODALITY, Roles.INTEGRATION, Roles.RADIOLOGIST, Roles.MODEL_TEAM, Roles.SRE, Roles.AUDITOR})
    public Me me(@Context UriInfo uri) {
        Parameters.only(uri);
        Caller caller = callers.current();
        return new Me(
                caller.named() ? caller.name() : null,
                new TreeSet<>(caller.roles()),
                caller.sites().all()
                        ? Set.of(Sites.WILDCARD)
                        : new TreeSet<>(caller.sites().names()));
    }

    /**
     * @param name  null, and left out, where nobody has to say who they are
     * @param sites {@code *} for every one
     */
    public record Me(String name, Set<String> roles, Set<String> sites) {}
}
