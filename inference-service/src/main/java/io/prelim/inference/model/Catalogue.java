package io.prelim.inference.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is in service, what was refused, and what was in service before.
 *
 * @param deployments names are unique
 * @param retired     the latest first, at most {@value #MAX_RETIRED}; what came back in service is not among them
 */
public record Catalogue(List<Deployment> deployments, List<Refused> refused, List<Retired> retired) {
    public static final Catalogue EMPTY = new Catalogue(List.of(), List.of());

    static final int MAX_RETIRED = 100;

    public Catalogue {
        deployments = List.copyOf(deployments);
        refused = List.copyOf(refused);
        retired = List.copyOf(retired);
    }

    public Catalogue(List<Deployment> deployments, List<Refused> refused) {
        this(deployments, refused, List.of());
    }

    public Optional<Deployment> byName(String deployment) {
        return deployments.stream()
                .filter(each -> each.name().equals(deployment))
                .findFirst();
    }

    /** The deployments that another catalogue has not, by name and package digest. */
    public List<Deployment> without(Catalogue other) {
        return deployments.stream().filter(each -> !other.has(each)).toList();
    }

    /** What the next look found: whatever is no longer there is retired now. */
    public Catalogue next(List<Deployment> found, List<Refused> refusedNow, Instant now) {
        Catalogue next = new Catalogue(found, refusedNow);
        List<Retired> gone = new ArrayList<>();
        without(next)
                .forEach(each ->
                        gone.add(new Retired(each.name(), each.modelPackage().digest(), now)));
        retired.stream().filter(each -> !next.has(each)).forEach(gone::add);
        return new Catalogue(found, refusedNow, gone.subList(0, Math.min(gone.size(), MAX_RETIRED)));
    }

    private boolean has(Deployment deployment) {
        return deployments.stream().anyMatch(each -> each.isSameAs(deployment));
    }

    private boolean has(Retired was) {
        return deployments.stream()
                .anyMatch(each -> each.name().equals(was.deployment())
                        && each.modelPackage().digest().equals(was.digest()));
    }

    /** @param reason which file, which key, what is wrong, what to do */
    public record Refused(String folder, String reason) {}

    /** @param digest of the package */
    public record Retired(String deployment, String digest, Instant since) {}
}
