package io.prelim.inference.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Catalogue.Refused;
import io.prelim.inference.model.Catalogue.Retired;
import io.prelim.inference.model.CurrentCatalogue;
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
    private final CurrentCatalogue current;

    public ModelsResource(CurrentCatalogue current) {
        this.current = current;
    }

    @GET
    public Models models() {
        Catalogue catalogue = current.get();
        LocalDate today =
                InstantSource.system().instant().atZone(ZoneOffset.UTC).toLocalDate();
        return new Models(
                catalogue.deployments().stream()
                        .map(each -> ModelView.of(each, current.provider(each.name()), today))
                        .toList(),
                catalogue.refused(),
                catalogue.retired());
    }

    /** @param id a deployment's name, a model id (its first deployment) or a digest of model or package */
    @GET
    @Path("/{id}/card")
    public Response card(@PathParam("id") String id) {
        Optional<Deployment> deployment = current.get().deployments().stream()
                .filter(each -> named(each, id))
                .findFirst();
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
                || deployment.modelPackage().modelDigest().equals(id)
                || deployment.modelPackage().digest().equals(id);
    }

    /**
     * @param models  in service
     * @param refused packages that are not in service, and why
     * @param retired packages that were in service since this process began, the latest first, and since when they are not
     */
    public record Models(List<ModelView> models, List<Refused> refused, List<Retired> retired) {}

    /** RFC 9457. */
    public record Problem(String type, String title, int status, String detail) {}
}
