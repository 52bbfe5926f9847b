package io.prelim.inference.model;

import java.util.List;
import java.util.Optional;

/**
 * What is in service and what was refused.
 *
 * @param deployments names are unique
 */
public record Catalogue(List<Deployment> deployments, List<Refused> refused) {
    public Catalogue {
        deployments = List.copyOf(deployments);
        refused = List.copyOf(refused);
    }

    public Optional<Deployment> byName(String deployment) {
        return deployments.stream()
                .filter(each -> each.name().equals(deployment))
                .findFirst();
    }

    /** @param reason which file, which key, what is wrong */
    public record Refused(String folder, String reason) {}
}
