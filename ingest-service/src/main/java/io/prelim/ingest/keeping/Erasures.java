package io.prelim.ingest.keeping;

import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.storage.StoreCopy;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.SegmentFile;
import io.prelim.store.SegmentLog;
import io.prelim.store.WalkedSegment;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Erases studies. First the index forgets the study, in one transaction: from then on nothing of it is served, and what comes of it
 * anew is a new arrival. Then the segment that is written is sealed, and every segment up to it that holds a record of the study
 * without a row, or bytes that are no whole record, is dropped, after what others need of it has been copied forward; and it is done when the
 * second copy has none of them either. A crash in between leaves the erasure open: it goes on at the next look, and until then recovery
 * leaves the study's records alone.
 */
@ApplicationScoped
public class Erasures {
    private static final Logger LOG = Logger.getLogger(Erasures.class);
    private static final int AT_ONCE = 100;

    private final ErasureRows rows;
    private final SegmentLog log;
    private final SegmentUse use;
    private final SegmentReclaimer reclaimer;
    private final StoreState state;
    private final StoreCopy copy;
    private boolean failing;

    Erasures(
            ErasureRows rows,
            SegmentLog log,
            SegmentUse use,
            SegmentReclaimer reclaimer,
            StoreState state,
            StoreCopy copy) {
        this.rows = rows;
        this.copy = copy;
        this.log = log;
        this.use = use;
        this.reclaimer = reclaimer;
        this.state = state;
    }

    /**
     * Erases all that is stored of a study; answers before its bytes are removed from disk. The same again changes nothing, unless
     * something of it was stored since.
     *
     * @param by who wants it, for the audit
     * @return the erasure; empty when there is no such study
     */
    public Optional<Erasure> erase(UUID studyKey, String by) {
        Optional<Erasure> erasure = rows.erase(studyKey, by);
        erasure.ifPresent(asked -> OperatorMessage.STUDY_ERASED.log(
                LOG, "studyKey", studyKey, "erasureId", asked.erasureId(), "removed", asked.removedAt() != null));
        return erasure;
    }

    @Scheduled(
            every = "${prelim.retention.erase-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (!state.isRecovered()) {
            return;
        }
        try {
            List<ErasureRows.Open> open = rows.open(AT_ONCE);
            if (!open.isEmpty()) {
                remove(open);
            }
            failing = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | RuntimeException e) {
            if (!failing) { // said once, not at each look
                failing = true;
                OperatorMessage.ERASURE_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    private void remove(List<ErasureRows.Open> open) throws IOException, ExecutionException, InterruptedException {
        Map<UUID, Long> until = new HashMap<>();
        Long sealed = null;
        for (ErasureRows.Open each : open) {
            Long segment = each.until();
            if (segment == null) {
                sealed = sealed == null ? log.seal().get() : sealed;
                segment = sealed;
                rows.until(each.erasure().erasureId(), segment);
            }
            until.merge(each.erasure().studyKey(), segment, Math::max);
        }
        long last = until.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<SegmentFile> candidates = reclaimer.candidates();
        boolean gone = log.segments().stream()
                        .filter(segment -> segment.number() <= last)
                        .count()
                == candidates.stream()
                        .filter(segment -> segment.number() <= last)
                        .count();
        for (SegmentFile segment : candidates) {
            if (segment.number() <= last && holdsBytes(segment, until)) {
                gone &= reclaimer.reclaim(segment, true);
            }
        }
        gone &= log.dropped().headSet(last, true).isEmpty() && copy.knows(last);
        if (gone) {
            for (ErasureRows.Open each : open) {
                rows.removed(each.erasure().erasureId());
                OperatorMessage.ERASURE_DONE.log(
                        LOG,
                        "studyKey",
                        each.erasure().studyKey(),
                        "erasureId",
                        each.erasure().erasureId());
            }
        }
    }

    /** Bytes behind a damaged header, and those that only the second copy has, cannot be told whose they are. */
    private boolean holdsBytes(SegmentFile segment, Map<UUID, Long> until) throws IOException {
        Set<Long> needed = use.places(segment.number()).keySet();
        AtomicBoolean found = new AtomicBoolean();
        WalkedSegment walked = log.walk(segment.number(), false, part -> {
            boolean erased = segment.number() <= until.getOrDefault(part.studyKey(), 0L);
            if (erased && !needed.contains(part.location().offset())) {
                found.set(true);
            }
        });
        return found.get() || !walked.clean() || copy.isLonger(segment.number());
    }
}
