package io.prelim.inference.start;

import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.CurrentCatalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.inference.runtime.ModelFailure;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what is in service in line with the packages that are there: looks, brings up what came (its topics first, then its workers,
 * then the catalogue, so that no study is planned for what cannot answer), retires what went (the catalogue first).
 */
final class ModelsInService implements AutoCloseable {
    private final InferenceConfig config;
    private final PackageShelf shelf;
    private final CurrentCatalogue current;
    private final Optional<ModelWorkers> workers;
    private final TopicCreation creation;
    private final TopicNames topics;
    private final InstantSource clock;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "packages"));
    private Future<?> looking;

    /** @param workers empty where this process only plans */
    ModelsInService(
            InferenceConfig config,
            PackageShelf shelf,
            CurrentCatalogue current,
            Optional<ModelWorkers> workers,
            TopicCreation creation,
            TopicNames topics,
            InstantSource clock) {
        this.config = config;
        this.shelf = shelf;
        this.current = current;
        this.workers = workers;
        this.creation = creation;
        this.topics = topics;
        this.clock = clock;
    }

    /** The first look; waits for no broker, as planner and workers see to their topics when they begin. */
    void begin() {
        take(shelf.look());
    }

    /** Looks again and again from now on. */
    void watch() {
        long millis = config.packagesInterval().toMillis();
        looking = looks.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** @return false if the looks have ended */
    boolean alive() {
        return looking == null || !looking.isDone();
    }

    @Override
    public void close() {
        looks.shutdownNow();
        try {
            looks.awaitTermination(config.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            PackageShelf.Contents contents = shelf.look();
            if (config.role().plans()) {
                List<String> jobs = deployments(contents).stream()
                        .filter(each -> current.get().byName(each.name()).isEmpty())
                        .flatMap(each -> topics.jobs(each.name()).stream())
                        .toList();
                if (!jobs.isEmpty()) {
                    creation.ensure(jobs);
                }
            }
            take(contents);
            workers.ifPresent(ModelWorkers::tend);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            OperatorMessage.PACKAGES_LOOK_BROKE.log(e);
        }
    }

    private void take(PackageShelf.Contents contents) {
        Catalogue before = current.get();
        Catalogue next = before.next(deployments(contents), contents.refused(), clock.instant());
        List<Deployment> added = next.without(before);
        for (Deployment each : added) {
            try {
                serve(each);
            } catch (ModelFailure e) {
                take(shelf.refuse(each.modelPackage(), String.valueOf(e.getMessage())));
                return;
            }
        }
        current.set(next, workers.map(ModelWorkers::providers).orElse(Map.of()));
        added.forEach(this::logInService);
        for (Deployment gone : before.without(next)) {
            OperatorMessage.MODEL_RETIRED.log(
                    "deployment", gone.name(), "package", gone.modelPackage().digest());
            workers.ifPresent(each -> each.retire(gone));
        }
    }

    private void serve(Deployment deployment) throws ModelFailure {
        if (workers.isPresent()) {
            workers.get().serve(deployment);
        }
    }

    private List<Deployment> deployments(PackageShelf.Contents contents) {
        return contents.proven().stream().map(this::deployment).toList();
    }

    private Deployment deployment(ModelPackage read) {
        Set<String> shadows = Set.copyOf(config.shadow().orElse(List.of()));
        boolean shadow = shadows.contains(read.deployment())
                || shadows.contains(read.manifest().id());
        return new Deployment(read, shadow, config.region());
    }

    private void logInService(Deployment deployment) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        ModelPackage read = deployment.modelPackage();
        OperatorMessage.MODEL_IN_SERVICE.log(
                "deployment", deployment.name(),
                "package", read.digest(),
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
