package io.prelim.ingest.keeping;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.index.DamagedParts;
import io.prelim.ingest.index.DamagedParts.Reason;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.receive.LoggedObject;
import io.prelim.ingest.receive.ObjectPairing;
import io.prelim.ingest.storage.InFlight;
import io.prelim.store.Location;
import io.prelim.store.SegmentFile;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoredPart;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * Drops segments, after what is still needed of them has been copied forward. A crash leaves, by when it comes:
 *
 * <ul>
 *   <li>after a copy was synced, before its rows name it: a copy that nobody's row names, and goes with its segment;
 *   <li>after the rows name it: an original that nobody's row names; the segment is dropped at a later look;
 *   <li>while the segment was dropped: the file, or not; no row named it.
 * </ul>
 *
 * So a part has one row and one place at every moment, and its bytes are there. One at a time.
 */
@ApplicationScoped
class SegmentReclaimer {
    private static final Logger LOG = Logger.getLogger(SegmentReclaimer.class);

    private final SegmentLog log;
    private final SegmentUse use;
    private final InFlight inFlight;
    private final DamagedParts damaged;
    private final MeterRegistry meters;
    /** Segments seen sealed, with what was in flight then: until that has ended, bytes without a row may get one. */
    private final Map<Long, Long> sealed = new HashMap<>();

    SegmentReclaimer(SegmentLog log, SegmentUse use, InFlight inFlight, DamagedParts damaged, MeterRegistry meters) {
        this.log = log;
        this.use = use;
        this.inFlight = inFlight;
        this.damaged = damaged;
        this.meters = meters;
    }

    /** Segments that may be dropped if nobody needs them, oldest first. The last one stays, so that no number is used twice. */
    synchronized List<SegmentFile> candidates() throws IOException {
        List<SegmentFile> all = log.segments();
        List<SegmentFile> settled = new ArrayList<>();
        for (SegmentFile segment : all.subList(0, Math.max(0, all.size() - 1))) {
            if (segment.sealed()
                    && inFlight.endedBefore(sealed.computeIfAbsent(segment.number(), number -> inFlight.mark()))) {
                settled.add(segment);
            }
        }
        sealed.keySet().retainAll(all.stream().map(SegmentFile::number).toList());
        return settled;
    }

    /**
     * Copies what is needed and drops the segment.
     *
     * @param segment one of {@link #candidates()}
     * @param whateverIsDamaged whether it goes even if rows name parts in it that cannot be copied; those have no bytes then
     * @return whether it is gone
     */
    synchronized boolean reclaim(SegmentFile segment, boolean whateverIsDamaged)
            throws IOException, InterruptedException {
        long number = segment.number();
        if (!log.holds(new Location(number, 0, 0))) {
            return true; // somebody was faster
        }
        Map<Long, Set<SegmentUse.Place>> needed = use.places(number);
        boolean whole = needed.values().stream().flatMap(Set::stream).noneMatch(SegmentUse.Place::damaged);
        int copied = 0;
        if (whole || whateverIsDamaged) {
            copied = copy(number, needed);
        }
        boolean dropped = use.dropUnused(number, !whateverIsDamaged, () -> log.drop(number));
        if (dropped) {
            sealed.remove(number);
            meters.counter("prelim.ingest.store.dropped.bytes").increment(segment.bytes());
            OperatorMessage.SEGMENT_DROPPED.log(
                    LOG, "segment", number, "bytes", segment.bytes(), "partsCopied", copied);
        }
        return dropped;
    }

    private int copy(long segment, Map<Long, Set<SegmentUse.Place>> needed) throws IOException, InterruptedException {
        if (needed.isEmpty()) {
            return 0;
        }
        List<StoredPart> found = new ArrayList<>();
        List<LoggedObject> objects = new ArrayList<>();
        ObjectPairing pairing = new ObjectPairing();
        log.walk(segment, true, part -> {
            found.add(part);
            pairing.next(part).ifPresent(objects::add);
        });
        Set<Long> left = new HashSet<>(needed.keySet());
        for (LoggedObject object : objects) { // header and pixels stay side by side
            if (object.pixels() != null
                    && (left.contains(offset(object.header())) || left.contains(offset(object.pixels())))) {
                copy(List.of(object.header(), object.pixels()), left);
            }
        }
        for (StoredPart part : found) {
            if (left.contains(offset(part))) {
                copy(List.of(part), left);
            }
        }
        left.stream().flatMap(offset -> needed.get(offset).stream()).forEach(place -> {
            if (!place.damaged() && damaged.add(place.partId(), Reason.ALTERED)) {
                OperatorMessage.PART_DAMAGED.log(
                        LOG, "partId", place.partId(), "segment", segment, "reason", Reason.ALTERED);
            }
        });
        return needed.size() - left.size();
    }

    private void copy(List<StoredPart> parts, Set<Long> left) throws IOException, InterruptedException {
        try {
            List<Location> copies = log.copy(parts).get();
            use.move(parts.stream().map(StoredPart::location).toList(), copies);
            parts.forEach(part -> left.remove(offset(part)));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException("parts were not copied", e);
        }
    }

    private static long offset(StoredPart part) {
        return part.location().offset();
    }
}
