package io.prelim.ingest.keeping;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.RetentionConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.SegmentFile;
import io.prelim.store.SegmentLog;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Drops studies by age and for space, and segments that hold little or nothing which is needed. Begins with the service, so that a
 * wrong setting stops it.
 */
@Startup
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    /** Dropped in one transaction. */
    private static final int BATCH = 20;

    private final FinishedStudies studies;
    private final SegmentUse use;
    private final SegmentReclaimer reclaimer;
    private final SegmentLog log;
    private final StoreState state;
    private final RetentionConfig config;
    private final RetentionPolicy policy;
    private final MeterRegistry meters;
    private boolean failing;

    Retention(
            FinishedStudies studies,
            SegmentUse use,
            SegmentReclaimer reclaimer,
            SegmentLog log,
            StoreState state,
            IngestConfig config,
            MeterRegistry meters) {
        this.studies = studies;
        this.use = use;
        this.reclaimer = reclaimer;
        this.log = log;
        this.state = state;
        this.config = config.retention();
        this.policy = RetentionPolicy.of(config);
        this.meters = meters;
    }

    @Scheduled(
            every = "${prelim.retention.check-every}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (!state.isRecovered()) {
            return; // bytes that are not indexed yet look as if nobody needed them
        }
        try {
            policy.keep().ifPresent(age -> {
                while (drop(age, "kept long enough")) {
                    // until none is left
                }
            });
            reclaim();
            makeRoom();
            failing = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!failing) { // said once, not at each look
                failing = true;
                OperatorMessage.RETENTION_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    private boolean drop(Duration age, String why) {
        List<UUID> dropped = studies.drop(age, BATCH, why);
        if (!dropped.isEmpty()) {
            OperatorMessage.STUDIES_DROPPED.log(LOG, "studies", dropped.size(), "reason", why);
            meters.counter("prelim.ingest.studies.dropped").increment(dropped.size());
        }
        return !dropped.isEmpty();
    }

    /** A few of the oldest at a time, and what is free after that decides. */
    private void makeRoom() throws IOException, InterruptedException {
        if (log.freeBytes() >= policy.lowFree()) {
            return;
        }
        boolean more = true;
        while (more && log.freeBytes() < policy.enoughFree()) {
            more = drop(policy.keepAtLeast(), "room was needed");
            reclaim();
        }
        if (log.freeBytes() < policy.lowFree()) {
            OperatorMessage.NO_ROOM_LEFT.log(LOG, "freeBytes", log.freeBytes(), "lowFree", policy.lowFree());
        }
    }

    /** Those first that need no copy: copies take room themselves. */
    private void reclaim() throws IOException, InterruptedException {
        Map<Long, Long> needed = use.bytes();
        List<SegmentFile> sparse = new ArrayList<>();
        for (SegmentFile segment : reclaimer.candidates()) {
            long bytes = needed.getOrDefault(segment.number(), 0L);
            if (bytes == 0) {
                reclaim(segment);
            } else if (bytes < segment.bytes() * config.copyBelow()) {
                sparse.add(segment);
            }
        }
        sparse.sort(Comparator.comparingDouble(segment -> (double) needed.get(segment.number()) / segment.bytes()));
        for (SegmentFile segment : sparse.subList(0, Math.min(sparse.size(), config.segmentsAtOnce()))) {
            reclaim(segment);
        }
    }

    /** One that cannot be read does not keep the others. */
    private void reclaim(SegmentFile segment) throws InterruptedException {
        try {
            reclaimer.reclaim(segment, false);
        } catch (IOException | RuntimeException e) {
            OperatorMessage.SEGMENT_NOT_DROPPED.log(
                    LOG, "segment", segment.number(), "reason", OperatorMessage.reason(e));
        }
    }
}
