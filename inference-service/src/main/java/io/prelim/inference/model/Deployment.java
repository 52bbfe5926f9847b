package io.prelim.inference.model;

import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A package in service.
 *
 * @param shadow the site wants its answers recorded, not drafted
 * @param region where the site is, for clearance; empty when it has not said
 */
public record Deployment(ModelPackage modelPackage, boolean shadow, Optional<String> region) {
    public String name() {
        return modelPackage.deployment();
    }

    /** Active unless the site says shadow, or the card is unreadable or past its day. */
    public ModelRole role(LocalDate today) {
        boolean reliable =
                modelPackage.card().filter(card -> !card.expired(today)).isPresent();
        return shadow || !reliable ? ModelRole.SHADOW : ModelRole.ACTIVE;
    }

    /** Without a clearance for the site's region its findings carry a watermark. */
    public boolean researchOnly() {
        return modelPackage.card().filter(card -> card.clearedFor(region)).isEmpty();
    }

    public ModelReference reference(LocalDate today) {
        ModelManifest manifest = modelPackage.manifest();
        return new ModelReference(
                name(),
                manifest.id(),
                manifest.version(),
                manifest.name(),
                modelPackage.modelDigest(),
                modelPackage.manifestDigest(),
                role(today),
                researchOnly());
    }
}
