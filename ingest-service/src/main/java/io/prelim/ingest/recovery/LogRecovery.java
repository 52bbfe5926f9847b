package io.prelim.ingest.recovery;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.RecoveryConfig;
import io.prelim.ingest.index.DamagedParts;
import io.prelim.ingest.index.IndexWitness;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.receive.LoggedObjects;
import io.prelim.ingest.storage.StoreCopy;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.LogPosition;
import io.prelim.store.SegmentLog;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * Makes index and log agree: before the doors open, and beside them whenever the database may have lost its last commits. What a crash
 * leaves behind, by when it came:
 *
 * <ul>
 *   <li>while an object came in: nothing, but a spool file without a name;
 *   <li>while its records were written or synced: records that are whole, torn or absent, none of them answered. Whole ones are taken in
 *       here as if they had just come; torn ones are stepped over, and their space goes with their segment;
 *   <li>after the sync, before the index row was committed: whole records, not answered: taken in here;
 *   <li>after the commit, before or after the answer: record and row. The sender that saw no answer sends again: a duplicate;
 *   <li>while a manifest was stored: a manifest without a row, nobody's; the study is still due, and is assembled again;
 *   <li>while a part was copied forward: two records with one part id, and a row that names one of them. The other is known here, and
 *       goes with its segment;
 *   <li>while a study was erased: no row, records up to the erasure's segment. They are not taken in again, and go with their
 *       segments.
 * </ul>
 *
 * A database that is restored to an earlier time has an earlier checkpoint, and gets what came since; one that is new gets all. One that
 * crashes, or is followed by a standby that had not heard of everything, has lost its {@link IndexWitness}: what lies behind the
 * checkpoint is taken in again, and nothing is assembled or dropped before that.
 */
@ApplicationScoped
public class LogRecovery {
    private static final Logger LOG = Logger.getLogger(LogRecovery.class);

    private final SegmentLog log;
    private final Checkpoint checkpoint;
    private final IndexWitness witness;
    private final IndexedParts index;
    private final LoggedObjects objects;
    private final DamagedParts damaged;
    private final LostManifests manifests;
    private final StoreState state;
    private final StoreCopy copy;
    private final RecoveryConfig config;
    private final MeterRegistry meters;
    private boolean failing;

    LogRecovery(
            SegmentLog log,
            Checkpoint checkpoint,
            IndexWitness witness,
            IndexedParts index,
            LoggedObjects objects,
            DamagedParts damaged,
            LostManifests manifests,
            StoreState state,
            StoreCopy copy,
            IngestConfig config,
            MeterRegistry meters) {
        this.log = log;
        this.checkpoint = checkpoint;
        this.witness = witness;
        this.index = index;
        this.objects = objects;
        this.damaged = damaged;
        this.manifests = manifests;
        this.state = state;
        this.copy = copy;
        this.config = config.recovery();
        this.meters = meters;
    }

    /**
     * Reads the log from the checkpoint on, or all of it without one and when it has just come back from the second copy. Nothing may be
     * received while it runs.
     *
     * @throws IOException when the log cannot be read
     */
    public void run() throws IOException {
        run(config.fromStart() || copy.restored() ? Optional.empty() : checkpoint.find());
        state.recovered();
    }

    /** Whether the index still has what it had; what it lost is taken in again. */
    @Scheduled(
            every = "${prelim.recovery.checkpoint-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void look() {
        if (!state.isRecovered()) {
            return;
        }
        try {
            if (!witness.stands()) {
                OperatorMessage.COMMITS_LOST.log(LOG);
                again();
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) { // said once, not at each look
                failing = true;
                OperatorMessage.RECOVERY_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
            return;
        }
        checkpoint.look();
    }

    /** While objects come in: they go to a segment that is not read. One that was under way is taken in by whoever comes first. */
    private void again() throws IOException {
        long begin = System.nanoTime();
        witness.place();
        long last = await(log.seal());
        LogPosition from = checkpoint.find().orElse(LogPosition.START);
        RecoveryCounts counts = new RecoveryCounts();
        RecoveryWalk walk = new RecoveryWalk(from, index, objects, damaged, counts);
        log.walk(from, last, walk);
        agree(new LogPosition(last + 1, 0));
        told(counts, walk, from, last, begin);
    }

    /** @param known where the log is indexed to; empty for an index that was lost */
    void run(Optional<LogPosition> known) throws IOException {
        long begin = System.nanoTime();
        witness.place();
        LogPosition end = log.end();
        neverTwice(known, end);
        LogPosition from =
                known.filter(place -> place.compareTo(end) < 0).orElse(known.isPresent() ? end : LogPosition.START);
        RecoveryCounts counts = new RecoveryCounts();
        damaged.findMissing(log.segments()).forEach((segment, parts) -> {
            counts.damagedRows += parts;
            OperatorMessage.PARTS_MISSING.log(LOG, "segment", segment, "parts", parts);
        });
        RecoveryWalk walk = new RecoveryWalk(from, index, objects, damaged, counts);
        log.walk(from, walk);
        if (known.isEmpty()) {
            manifests.restore();
        }
        agree(end);
        told(counts, walk, from, end.segment(), begin);
    }

    private void agree(LogPosition end) throws IOException {
        witness.trust();
        if (!checkpoint.move(end)) {
            throw new IOException("the database crashed while the log was read");
        }
    }

    /** A place that the index names must not get other bytes, when the log ends before it: it may come back with its volume. */
    private void neverTwice(Optional<LogPosition> known, LogPosition end) throws IOException {
        long named = index.lastSegment();
        boolean behind = known.isPresent() && known.get().compareTo(end) > 0
                || named > end.segment()
                || !index.in(end.segment(), end.offset()).isEmpty();
        if (!behind) {
            return;
        }
        long last = Math.max(named, known.map(LogPosition::segment).orElse(0L));
        OperatorMessage.LOG_BEHIND_INDEX.log(LOG, "indexedTo", last, "logEnds", end.segment());
        await(log.beginAt(last + 1));
    }

    private static <T> T await(CompletableFuture<T> segment) throws IOException {
        try {
            return segment.get();
        } catch (ExecutionException e) {
            throw new IOException("no new segment could be begun", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a new segment was begun");
        }
    }

    private void told(RecoveryCounts counts, RecoveryWalk walk, LogPosition from, long last, long begin) {
        tell("added", counts.added);
        tell("again", counts.again);
        tell("kept_aside", counts.keptAside);
        tell("refused", counts.refused);
        OperatorMessage.LOG_RECOVERED.log(
                LOG,
                counts.keyValues(
                        "fromSegment",
                        from.segment(),
                        "toSegment",
                        last,
                        "millis",
                        (System.nanoTime() - begin) / 1_000_000,
                        "incomplete",
                        walk.incomplete()));
    }

    private void tell(String result, long objects) {
        meters.counter("prelim.ingest.recovery.objects", "result", result).increment(objects);
    }
}
