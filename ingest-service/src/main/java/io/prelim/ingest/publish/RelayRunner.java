package io.prelim.ingest.publish;

import io.prelim.ingest.config.IngestConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Map;

/** The service's own relay, from start to stop. */
@ApplicationScoped
class RelayRunner {
    private final Claims claims;
    private final IngestConfig config;
    private final OutboxFigures figures;
    private final ResendBudget budget;
    private final Map<String, Object> broker;
    private volatile Relay relay;

    RelayRunner(
            Claims claims,
            IngestConfig config,
            OutboxFigures figures,
            ResendBudget budget,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.claims = claims;
        this.config = config;
        this.figures = figures;
        this.budget = budget;
        this.broker = broker;
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    void rang(@Observes(during = TransactionPhase.AFTER_SUCCESS) OutboxRang rang) {
        Relay running = relay;
        if (running != null) {
            running.ring();
        }
    }

    void start() {
        relay = Relay.start(claims, sender(broker), config.relay(), figures, budget);
    }

    void stop() {
        Relay running = relay;
        relay = null;
        if (running != null) {
            running.close();
        }
    }

    Sender sender(Map<String, Object> towards) {
        return new KafkaSender(towards, config.topics().prefix(), config.relay().deliveryTimeout());
    }
}
