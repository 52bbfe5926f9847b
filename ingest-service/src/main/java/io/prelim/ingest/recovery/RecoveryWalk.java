package io.prelim.ingest.recovery;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.ingest.index.DamagedParts;
import io.prelim.ingest.index.DamagedParts.Reason;
import io.prelim.ingest.index.IndexOutcome;
import io.prelim.ingest.index.IndexRefusal;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.receive.LoggedObject;
import io.prelim.ingest.receive.LoggedObjects;
import io.prelim.ingest.receive.ObjectPairing;
import io.prelim.store.LogPosition;
import io.prelim.store.LogVisitor;
import io.prelim.store.StoredPart;
import io.prelim.store.WalkedSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One walk through the log's end: objects without a row are taken in, rows without a record are marked. Memory holds a batch of
 * objects without their bytes, and the places of one segment.
 */
final class RecoveryWalk implements LogVisitor {
    private static final Logger LOG = Logger.getLogger(RecoveryWalk.class);
    private static final int BATCH = 64;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LogPosition from;
    private final IndexedParts index;
    private final LoggedObjects objects;
    private final DamagedParts damaged;
    private final RecoveryCounts counts;
    private final ObjectPairing pairing = new ObjectPairing();
    private final List<LoggedObject> batch = new ArrayList<>(BATCH);
    private final Set<Long> places = new HashSet<>();
    private List<IndexedParts.Row> rows = List.of();
    private long told = System.nanoTime();

    RecoveryWalk(
            LogPosition from, IndexedParts index, LoggedObjects objects, DamagedParts damaged, RecoveryCounts counts) {
        this.from = from;
        this.index = index;
        this.objects = objects;
        this.damaged = damaged;
        this.counts = counts;
    }

    /** What the index names before the walk reads, the walk must find. */
    @Override
    public void begins(long segment) {
        rows = index.in(segment, segment == from.segment() ? from.offset() : 0);
    }

    @Override
    public void part(StoredPart part) throws IOException {
        counts.records++;
        places.add(part.location().offset());
        pairing.next(part).ifPresent(batch::add);
        if (batch.size() == BATCH) {
            takeIn();
        }
        if (System.nanoTime() - told > TELL_NANOS) {
            told = System.nanoTime();
            OperatorMessage.RECOVERY_GOES_ON.log(
                    LOG, counts.keyValues("segment", part.location().segment()));
        }
    }

    @Override
    public void walked(WalkedSegment segment) throws IOException {
        pairing.end();
        takeIn();
        for (IndexedParts.Row row : rows) {
            if (!places.contains(row.location().offset())) {
                boolean there = row.location().offset() + row.location().length() <= segment.end();
                if (damaged.add(row.partId(), there ? Reason.ALTERED : Reason.MISSING)) {
                    counts.damagedRows++;
                    OperatorMessage.PART_DAMAGED.log(
                            LOG,
                            "partId",
                            row.partId(),
                            "segment",
                            segment.segment(),
                            "reason",
                            there ? Reason.ALTERED : Reason.MISSING);
                }
            }
        }
        places.clear();
        counts.damagedRecords += segment.damaged();
        if (!segment.clean()) {
            OperatorMessage.SEGMENT_TORN.log(
                    LOG,
                    "segment",
                    segment.segment(),
                    "end",
                    segment.end(),
                    "records",
                    segment.records(),
                    "damaged",
                    segment.damaged());
        }
    }

    /** Headers without pixels and the reverse. */
    long incomplete() {
        return pairing.incomplete();
    }

    private void takeIn() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        counts.objects += batch.size();
        Set<UUID> known =
                index.known(batch.stream().map(LoggedObject::headerPart).toList());
        Map<UUID, Long> erased = index.erased(
                batch.stream().map(object -> object.header().studyKey()).toList());
        List<CompletableFuture<IndexOutcome>> outcomes = new ArrayList<>();
        for (LoggedObject object : batch) {
            StoredPart header = object.header();
            if (known.contains(object.headerPart())) {
                counts.known++;
            } else if (header.location().segment() <= erased.getOrDefault(header.studyKey(), 0L)) {
                counts.erased++;
            } else {
                take(object, outcomes);
            }
        }
        batch.clear();
        for (CompletableFuture<IndexOutcome> outcome : outcomes) {
            await(outcome);
        }
    }

    private void take(LoggedObject object, List<CompletableFuture<IndexOutcome>> outcomes) throws IOException {
        try {
            outcomes.add(objects.take(object));
        } catch (MalformedInput e) {
            counts.refused++;
            OperatorMessage.RECORD_NOT_RECOVERED.log(LOG, "partId", object.headerPart(), "reason", e.getMessage());
        }
    }

    private void await(CompletableFuture<IndexOutcome> outcome) {
        try {
            counts.count(outcome.join());
        } catch (CompletionException e) {
            if (!IndexRefusal.ofTheData(e)) {
                throw e; // a database that is away ends the recovery here
            }
            counts.refused++;
        }
    }
}
