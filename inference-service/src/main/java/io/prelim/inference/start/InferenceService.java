package io.prelim.inference.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.events.EventJson;
import io.prelim.events.Topics;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.config.PartsConfig;
import io.prelim.inference.config.TopicsConfig;
import io.prelim.inference.intake.ConsumerSettings;
import io.prelim.inference.intake.JobConsumer;
import io.prelim.inference.intake.StudyConsumer;
import io.prelim.inference.lane.LaneCredits;
import io.prelim.inference.lane.LaneQueue;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.parts.HttpParts;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.publish.EventWriter;
import io.prelim.inference.publish.OutcomePublisher;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.PlanPublisher;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.inference.retry.Backoff;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.Quarantine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Starts what the role asks for and ends it in order. */
@ApplicationScoped
public class InferenceService {
    private final InstantSource clock = InstantSource.system();
    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<JobConsumer> workers = new ArrayList<>();
    private StudyConsumer planner;

    private final InferenceConfig config;
    private final TopicsConfig topicsConfig;
    private final PartsConfig partsConfig;
    private final Map<String, Object> kafka;
    private final Catalogue catalogue;
    private final InferenceMetrics metrics;

    public InferenceService(
            InferenceConfig config,
            TopicsConfig topicsConfig,
            PartsConfig partsConfig,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Catalogue catalogue,
            MeterRegistry registry) {
        this.config = config;
        this.topicsConfig = topicsConfig;
        this.partsConfig = partsConfig;
        this.kafka = kafka;
        this.catalogue = catalogue;
        this.metrics = new InferenceMetrics(registry);
    }

    /** The models in service; read once, at start. */
    @Produces
    @Singleton
    static Catalogue catalogue(InferenceConfig config) {
        return CatalogueLoader.load(
                config, InstantSource.system().instant().atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** The one JSON mapper, for HTTP too. */
    @Produces
    @Singleton
    static ObjectMapper mapper() {
        return EventJson.mapper();
    }

    /** @return false if a thread that must run has ended: only a new process helps */
    public boolean alive() {
        return (planner == null || planner.alive()) && workers.stream().allMatch(JobConsumer::alive);
    }

    void start(@Observes StartupEvent event) throws ModelFailure {
        TopicNames topics = new TopicNames(topicsConfig.prefix());
        EventWriter writer = new EventWriter(kafka);
        running.add(writer);
        Parking parking = new Parking(writer, topics, metrics::parked);
        TopicCreation creation = new TopicCreation(kafka, topicsConfig.partitions());
        ConsumerSettings consumers = new ConsumerSettings(kafka, config.sessionTimeout(), config.instance());
        if (config.role().works()) {
            startWorkers(topics, writer, parking, creation, consumers);
        }
        if (config.role().plans()) {
            planner = new StudyConsumer(
                    consumers,
                    topics,
                    creation,
                    neededTopics(topics),
                    new Planner(catalogue, config.deadline()),
                    new PlanPublisher(writer, topics),
                    parking,
                    metrics,
                    clock);
            planner.start();
            running.add(planner);
        }
        OperatorMessage.STARTED.log(
                "role",
                config.role(),
                "models",
                catalogue.deployments().size(),
                "refused",
                catalogue.refused().size());
    }

    /** In the reverse order of their start: first no more plans, then the jobs in hand, then sessions and clients. */
    void stop(@Observes ShutdownEvent event) throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        running.clear();
    }

    private void startWorkers(
            TopicNames topics, EventWriter writer, Parking parking, TopicCreation creation, ConsumerSettings consumers)
            throws ModelFailure {
        if (partsConfig.token().isEmpty()) {
            OperatorMessage.NO_PARTS_TOKEN.log();
        }
        HttpParts parts = new HttpParts(
                partsConfig.url(), partsConfig.token().orElse(""), config.maxPartBytes(), clock, Backoff.DEFAULT);
        running.add(parts);
        OutcomePublisher publisher = new OutcomePublisher(writer, topics);
        for (Deployment deployment : served()) {
            Quarantine quarantine = new Quarantine(
                    deployment.name(),
                    config.quarantine().after(),
                    config.quarantine().time(),
                    clock);
            metrics.hosts(deployment.name(), quarantine::ended, quarantine::holds);
            List<Analysis> analyses = new ArrayList<>();
            for (int i = 0; i < threads(); i++) {
                ModelSession session = ModelSession.open(deployment.modelPackage(), quarantine);
                running.add(session);
                analyses.add(new Analysis(deployment.modelPackage(), session::run, parts, clock));
            }
            InferenceConfig.Lanes lanes = config.lanes();
            JobConsumer worker = new JobConsumer(
                    deployment.name(),
                    consumers,
                    topics,
                    creation,
                    new LaneQueue<>(
                            lanes.capacity(), LaneCredits.of(lanes.statCredits(), lanes.routineMaxAge()), clock),
                    analyses,
                    publisher,
                    parking,
                    metrics,
                    clock,
                    config.drain());
            worker.start();
            workers.add(worker);
            running.add(worker);
        }
    }

    private List<Deployment> served() {
        return catalogue.deployments().stream()
                .filter(each -> config.deployments()
                        .map(names -> names.contains(each.name()))
                        .orElse(true))
                .toList();
    }

    private Set<String> neededTopics(TopicNames topics) {
        Set<String> names = new TreeSet<>(Set.of(
                topics.of(Topics.STUDY_RECEIVED),
                topics.of(Topics.ANALYSIS_PLANNED),
                topics.of(Topics.STUDY_ANALYZED),
                topics.of(TopicNames.PARKED)));
        catalogue.deployments().forEach(each -> names.addAll(topics.jobs(each.name())));
        return names;
    }

    private int threads() {
        return config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
    }
}
