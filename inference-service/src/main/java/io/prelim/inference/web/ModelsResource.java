package io.prelim.inference.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Catalogue.Refused;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelCard;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The catalogue over HTTP. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
    private final Catalogue catalogue;

    public ModelsResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    public Models models() {
        LocalDate today =
                InstantSource.system().instant().atZone(ZoneOffset.UTC).toLocalDate();
        return new Models(
                catalogue.deployments().stream()
                        .map(each -> ModelView.of(each, today))
                        .toList(),
                catalogue.refused());
    }

    /** @param id a deployment's name, a model id (its first deployment) or a model digest */
    @GET
    @Path("/{id}/card")
    public Response card(@PathParam("id") String id) {
        Optional<Deployment> deployment =
                catalogue.deployments().stream().filter(each -> named(each, id)).findFirst();
        Optional<JsonNode> card =
                deployment.flatMap(each -> each.modelPackage().card()).map(ModelCard::content);
        if (card.isPresent()) {
            return Response.ok(card.get()).build();
        }
        String detail = deployment.isPresent() ? "The model has no readable card." : "No such model is in service.";
        return Response.status(Response.Status.NOT_FOUND)
                .type("application/problem+json")
                .entity(new Problem("about:blank", "Not Found", 404, detail))
                .build();
    }

    private static boolean named(Deployment deployment, String id) {
        return deployment.name().equals(id)
                || deployment.modelPackage().manifest().id().equals(id)
                || deployment.modelPackage().modelDigest().equals(id);
    }

    /** @param refused packages that are not in service, and why */
    public record Models(List<ModelView> models, List<Refused> refused) {}

    /** RFC 9457. */
    public record Problem(String type, String title, int status, String detail) {}
}
