package io.prelim.inference.start;

import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Catalogue.Refused;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads and proves the configured packages. Every role proves them, so that no study is planned for a model that cannot run; one bad
 * package does not keep the others out of service.
 */
final class CatalogueLoader {
    private final InferenceConfig config;
    private final LocalDate today;
    private final List<Deployment> deployments = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    private CatalogueLoader(InferenceConfig config, LocalDate today) {
        this.config = config;
        this.today = today;
    }

    static Catalogue load(InferenceConfig config, LocalDate today) {
        CatalogueLoader loader = new CatalogueLoader(config, today);
        for (String place : config.packages()) {
            loader.place(Path.of(place));
        }
        return new Catalogue(loader.deployments, loader.refused);
    }

    private void place(Path place) {
        try {
            for (Path folder : PackageReader.find(place)) {
                folder(folder);
            }
        } catch (BadPackage e) {
            OperatorMessage.PACKAGES_NOT_FOUND.log("place", place.toAbsolutePath());
            refused.add(new Refused(place.toString(), String.valueOf(e.getMessage())));
        }
    }

    private void folder(Path folder) {
        try {
            ModelPackage read = PackageReader.read(folder);
            if (deployments.stream().anyMatch(each -> each.name().equals(read.deployment()))) {
                throw new BadPackage("manifest.yaml", "version", read.deployment() + " is there already");
            }
            ModelSession.open(read).close();
            accept(read);
        } catch (BadPackage | ModelFailure e) {
            OperatorMessage.PACKAGE_REFUSED.log("folder", folder, "reason", e.getMessage());
            refused.add(new Refused(folder.toString(), String.valueOf(e.getMessage())));
        }
    }

    private void accept(ModelPackage read) {
        Set<String> shadows = Set.copyOf(config.shadow().orElse(List.of()));
        boolean shadow = shadows.contains(read.deployment())
                || shadows.contains(read.manifest().id());
        Deployment deployment = new Deployment(read, shadow, config.region());
        deployments.add(deployment);
        OperatorMessage.MODEL_IN_SERVICE.log(
                "deployment", deployment.name(),
                "model", read.modelDigest(),
                "manifest", read.manifestDigest(),
                "role", deployment.role(today),
                "researchOnly", deployment.researchOnly());
        if (read.card().filter(card -> !card.expired(today)).isEmpty()) {
            OperatorMessage.CARD_UNUSABLE.log(
                    "deployment",
                    deployment.name(),
                    "reason",
                    read.cardProblem().orElse("expired"));
        }
    }
}
