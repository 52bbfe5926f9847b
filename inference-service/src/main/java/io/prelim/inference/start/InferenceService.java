package io.prelim.inference.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.events.EventJson;
import io.prelim.events.Topics;
import io.prelim.inference.config.EvidenceConfig;
import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.config.PartsConfig;
import io.prelim.inference.config.TopicsConfig;
import io.prelim.inference.evidence.EvidenceStore;
import io.prelim.inference.evidence.HttpEvidence;
import io.prelim.inference.intake.ConsumerSettings;
import io.prelim.inference.intake.StudyConsumer;
import io.prelim.inference.lane.LaneCredits;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.model.CurrentCatalogue;
import io.prelim.inference.model.PackageTrust;
import io.prelim.inference.parts.HttpParts;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.publish.EventWriter;
import io.prelim.inference.publish.OutcomePublisher;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.PlanPublisher;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.inference.retry.Backoff;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.ModelSession;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Starts what the role asks for and ends it in order. */
@ApplicationScoped
public class InferenceService {
    private final InstantSource clock = InstantSource.system();
    private final List<AutoCloseable> running = new ArrayList<>();
    private Optional<ModelWorkers> workers = Optional.empty();
    private ModelsInService models;
    private StudyConsumer planner;

    private final InferenceConfig config;
    private final TopicsConfig topicsConfig;
    private final PartsConfig partsConfig;
    private final EvidenceConfig evidenceConfig;
    private final Map<String, Object> kafka;
    private final CurrentCatalogue catalogue;
    private final InferenceMetrics metrics;

    public InferenceService(
            InferenceConfig config,
            TopicsConfig topicsConfig,
            PartsConfig partsConfig,
            EvidenceConfig evidenceConfig,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            CurrentCatalogue catalogue,
            MeterRegistry registry) {
        this.config = config;
        this.topicsConfig = topicsConfig;
        this.partsConfig = partsConfig;
        this.evidenceConfig = evidenceConfig;
        this.kafka = kafka;
        this.catalogue = catalogue;
        this.metrics = new InferenceMetrics(registry);
    }

    /** The models in service; filled before the first request is answered. */
    @Produces
    @Singleton
    static CurrentCatalogue catalogue() {
        return new CurrentCatalogue();
    }

    /** The one JSON mapper, for HTTP too. */
    @Produces
    @Singleton
    static ObjectMapper mapper() {
        return EventJson.mapper();
    }

    /** @return false if a thread that must run has ended: only a new process helps */
    public boolean alive() {
        return (planner == null || planner.alive())
                && (models == null || models.alive())
                && workers.map(ModelWorkers::alive).orElse(true);
    }

    void start(@Observes StartupEvent event) {
        PackageTrust trust = TrustedPackages.of(config);
        TopicNames topics = new TopicNames(topicsConfig.prefix());
        EventWriter writer = new EventWriter(kafka);
        running.add(writer);
        Parking parking = new Parking(writer, topics, metrics::parked);
        TopicCreation creation = new TopicCreation(kafka, topicsConfig.partitions());
        ConsumerSettings consumers = new ConsumerSettings(kafka, config.sessionTimeout(), config.instance());
        Execution execution = ExecutionChoice.of(config);
        if (config.role().works()) {
            workers = Optional.of(workers(execution, topics, writer, parking, creation, consumers));
            running.add(workers.get());
        }
        PackageShelf shelf = new PackageShelf(
                config.packages().stream().map(Path::of).toList(),
                trust,
                read -> ModelSession.open(read, execution).close());
        models = new ModelsInService(config, shelf, catalogue, workers, creation, topics, clock);
        models.begin();
        if (config.role().plans()) {
            planner = new StudyConsumer(
                    consumers,
                    topics,
                    creation,
                    neededTopics(topics),
                    () -> new Planner(catalogue.get(), config.deadline()),
                    new PlanPublisher(writer, topics),
                    parking,
                    LaneCredits.of(config.lanes().statCredits(), config.lanes().routineMaxAge()),
                    metrics,
                    clock);
            planner.start();
            running.add(planner);
        }
        models.watch();
        running.add(models);
        OperatorMessage.STARTED.log(
                "role",
                config.role(),
                "provider",
                execution.provider(),
                "models",
                catalogue.get().deployments().size(),
                "refused",
                catalogue.get().refused().size());
    }

    /** In the reverse order of their start: first no more looks and plans, then the jobs in hand, then sessions and clients. */
    void stop(@Observes ShutdownEvent event) throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        running.clear();
    }

    private ModelWorkers workers(
            Execution execution,
            TopicNames topics,
            EventWriter writer,
            Parking parking,
            TopicCreation creation,
            ConsumerSettings consumers) {
        if (partsConfig.token().isEmpty()) {
            OperatorMessage.NO_PARTS_TOKEN.log();
        }
        HttpParts parts = new HttpParts(
                partsConfig.url(), partsConfig.token().orElse(""), config.maxPartBytes(), clock, Backoff.DEFAULT);
        running.add(parts);
        return new ModelWorkers(
                config,
                execution,
                consumers,
                topics,
                creation,
                parts,
                evidence(),
                new OutcomePublisher(writer, topics),
                parking,
                metrics,
                clock);
    }

    private Optional<EvidenceStore> evidence() {
        if (evidenceConfig.url().isEmpty()) {
            OperatorMessage.NO_EVIDENCE_URL.log();
            return Optional.empty();
        }
        if (evidenceConfig.token().isEmpty()) {
            OperatorMessage.NO_EVIDENCE_TOKEN.log();
        }
        return Optional.of(new HttpEvidence(
                evidenceConfig.url().get(),
                evidenceConfig.token().orElse(""),
                evidenceConfig.patience(),
                clock,
                Backoff.DEFAULT));
    }

    private Set<String> neededTopics(TopicNames topics) {
        Set<String> names = new TreeSet<>(Set.of(
                topics.of(Topics.STUDY_RECEIVED),
                topics.of(Topics.STUDY_BACKFILL),
                topics.of(Topics.ANALYSIS_PLANNED),
                topics.of(Topics.STUDY_ANALYZED),
                topics.of(TopicNames.PARKED)));
        catalogue.get().deployments().forEach(each -> names.addAll(topics.jobs(each.name())));
        return names;
    }
}
