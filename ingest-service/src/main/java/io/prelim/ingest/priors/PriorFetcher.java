package io.prelim.ingest.priors;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.net.dimse.MoveResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.PriorsConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Fetches what is wanted, a few studies at a time and with pauses, so that the archive has time for others; purges what is old. */
@ApplicationScoped
class PriorFetcher {
    private static final Logger LOG = Logger.getLogger(PriorFetcher.class);
    /** Purged in one transaction. */
    private static final int PURGE_BATCH = 20;
    /** For a C-MOVE under way when the service stops; it is tried again. */
    private static final long STOP_SECONDS = 5;

    private final Archive archive;
    private final Fetches fetches;
    private final PriorsConfig config;
    private final MeterRegistry meters;
    private final ExecutorService threads;
    private final AtomicInteger running = new AtomicInteger();
    private volatile long notBefore = System.nanoTime();
    private boolean failing;

    PriorFetcher(Archive archive, Fetches fetches, IngestConfig config, MeterRegistry meters) {
        this.archive = archive;
        this.fetches = fetches;
        this.config = config.priors();
        this.meters = meters;
        this.threads = Executors.newFixedThreadPool(this.config.movesAtOnce(), task -> {
            Thread thread = new Thread(task, "prior-fetcher");
            thread.setDaemon(true);
            return thread;
        });
    }

    @PreDestroy
    void stop() throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }

    @Scheduled(
            every = "${prelim.priors.check-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            if (config.archive().isPresent()
                    && running.get() < config.movesAtOnce()
                    && System.nanoTime() - notBefore >= 0) {
                fetches.claim().ifPresent(this::start);
            }
            failing = false;
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Scheduled(
            every = "${prelim.priors.purge-every}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        try {
            List<UUID> purged = fetches.purge(PURGE_BATCH);
            while (!purged.isEmpty()) {
                OperatorMessage.PRIORS_PURGED.log(LOG, "studies", purged.size());
                meters.counter("prelim.ingest.priors", "event", "purged").increment(purged.size());
                purged = fetches.purge(PURGE_BATCH);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void start(DueFetch due) {
        running.incrementAndGet();
        threads.execute(() -> {
            try {
                fetch(due);
            } catch (RuntimeException e) {
                failed(e);
            } finally {
                notBefore = System.nanoTime() + config.pause().toNanos();
                running.decrementAndGet();
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

    private void failed(RuntimeException e) {
        if (!failing) { // said once, not at each look
            failing = true;
            OperatorMessage.PRIORS_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
        }
    }
}
