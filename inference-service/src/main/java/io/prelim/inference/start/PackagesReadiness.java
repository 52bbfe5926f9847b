package io.prelim.inference.start;

import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Catalogue.Refused;
import io.prelim.inference.model.CurrentCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while packages are in service; a refused package shows here but does not keep the others from working. */
@Readiness
@ApplicationScoped
public class PackagesReadiness implements HealthCheck {
    private final CurrentCatalogue current;

    public PackagesReadiness(CurrentCatalogue current) {
        this.current = current;
    }

    @Override
    public HealthCheckResponse call() {
        Catalogue catalogue = current.get();
        // with every package refused, or none found, each study would go unread
        boolean useless =
                catalogue.deployments().isEmpty() && !catalogue.refused().isEmpty();
        return HealthCheckResponse.named("model packages")
                .withData("inService", catalogue.deployments().size())
                .withData(
                        "refused",
                        catalogue.refused().stream().map(Refused::reason).collect(Collectors.joining("; ")))
                .status(!useless)
                .build();
    }
}
