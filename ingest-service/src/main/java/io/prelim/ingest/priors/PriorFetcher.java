package io.prelim.ingest.priors;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.net.dimse.MoveResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.PriorsConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.remote.Errands;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Fetches what is wanted, a few studies at a time and with pauses, so that the archive has time for others; purges what is old. */
@ApplicationScoped
class PriorFetcher {
    private static final Logger LOG = Logger.getLogger(PriorFetcher.class);
    /** Purged in one transaction. */
    private static final int PURGE_BATCH = 20;

    private final Archive archive;
    private final Fetches fetches;
    private final PriorsConfig config;
    private final MeterRegistry meters;
    private final Errands errands;
    private volatile long notBefore = System.nanoTime();

    PriorFetcher(Archive archive, Fetches fetches, IngestConfig config, MeterRegistry meters) {
        this.archive = archive;
        this.fetches = fetches;
        this.config = config.priors();
        this.meters = meters;
        this.errands = new Errands(
                "prior-fetcher",
                this.config.movesAtOnce(),
                e -> OperatorMessage.PRIORS_FAILED.log(LOG, "reason", OperatorMessage.reason(e)));
    }

    @PreDestroy
    void stop() throws InterruptedException {
        errands.stop();
    }

    @Scheduled(
            every = "${prelim.priors.check-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        errands.look(() -> {
            if (config.archive().isPresent() && errands.free() > 0 && System.nanoTime() - notBefore >= 0) {
                fetches.claim().ifPresent(due -> errands.start(() -> fetch(due)));
            }
        });
    }

    @Scheduled(
            every = "${prelim.priors.purge-every}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        errands.attempt(() -> {
            List<UUID> purged = fetches.purge(PURGE_BATCH);
            while (!purged.isEmpty()) {
                OperatorMessage.PRIORS_PURGED.log(LOG, "studies", purged.size());
                meters.counter("prelim.ingest.priors", "event", "purged").increment(purged.size());
                purged = fetches.purge(PURGE_BATCH);
            }
        });
    }

    private void fetch(DueFetch due) {
        Optional<String> fault;
        try {
            MoveResponse response = archive.fetch(due.studyInstanceUid());
            fault = response.status() == Status.SUCCESS
                    ? Optional.empty()
                    : Optional.of(String.format(
                            "status %04X, failed %d",
                            response.status(), response.counts().failed()));
        } catch (IOException | PriorsUnavailable e) {
            fault = Optional.of(OperatorMessage.reason(e));
        } finally {
            notBefore = System.nanoTime() + config.pause().toNanos();
        }
        if (fault.isEmpty()) {
            fetches.fetched(due.studyKey());
            OperatorMessage.PRIOR_FETCHED.log(LOG, "studyKey", due.studyKey());
        } else {
            boolean again = due.attempts() + 1 < config.attempts();
            fetches.failed(due.studyKey(), again);
            OperatorMessage.PRIOR_NOT_FETCHED.log(
                    LOG,
                    "studyKey",
                    due.studyKey(),
                    "attempt",
                    due.attempts() + 1,
                    "of",
                    config.attempts(),
                    "reason",
                    fault.get());
        }
        meters.counter("prelim.ingest.priors", "event", fault.isEmpty() ? "fetched" : "failed")
                .increment();
    }
}
