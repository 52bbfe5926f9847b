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

    /** The same package, byte for byte: a card or manifest that changed makes another. */
    public boolean isSameAs(Deployment other) {
        return name().equals(other.name())
                && modelPackage.digest().equals(other.modelPackage().digest());
    }

    /** Active unless the site says shadow, or the card is unreadable or past its day. */
    public ModelRole role(LocalDate today) {
        return whyShadow(today).isPresent() ? ModelRole.SHADOW : ModelRole.ACTIVE;
    }

    /** Why its answers are recorded and not drafted; empty when they are drafted. */
    public Optional<String> whyShadow(LocalDate today) {
        if (shadow) {
            return Optional.of("the site runs it as shadow");
        }
        if (modelPackage.card().isEmpty()) {
            return Optional.of(
                    "it has no readable card: " + modelPackage.cardProblem().orElse("no card"));
        }
        return modelPackage
                .card()
                .filter(card -> card.expired(today))
                .map(card -> "its card was to be relied on until " + card.expires());
    }

    /** Without a clearance for the site's region its findings carry a watermark. */
    public boolean researchOnly() {
        return whyResearchOnly().isPresent();
    }

    /** Why its findings are for research; empty when it is cleared where the site is. */
    public Optional<String> whyResearchOnly() {
        Optional<ModelCard> card = modelPackage.card();
        if (card.isEmpty()) {
            return Optional.of("it has no readable card, so no clearance");
        }
        if (card.get().clearedFor(region)) {
            return Optional.empty();
        }
        if (card.get().clearance().equals("none")) {
            return Optional.of("it has no clearance");
        }
        return Optional.of(region.map(site ->
                        "its clearance holds in " + String.join(", ", card.get().regions()) + ", not in " + site)
                .orElse("the site has not said its region (prelim.inference.region)"));
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
