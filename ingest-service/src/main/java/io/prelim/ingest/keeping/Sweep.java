package io.prelim.ingest.keeping;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.DamagedParts;
import io.prelim.ingest.index.DamagedParts.Reason;
import io.prelim.ingest.index.PartIndex;
import io.prelim.ingest.index.PartRow;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.LogPosition;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/**
 * Reads every part of some age again, oldest place first, at a bounded rate, and marks those whose bytes are not what was stored. What the system
 * has in its page cache it reads from there: a disk's own errors show once that has gone.
 */
@ApplicationScoped
class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final int BUFFER = 64 << 10;

    private final SweepRows rows;
    private final PartIndex parts;
    private final DamagedParts damaged;
    private final SegmentLog log;
    private final StoreState state;
    private final long bytesPerLook;
    private final Counter bytes;
    private final Counter found;
    private final byte[] buffer = new byte[BUFFER];
    private Reading reading;
    private boolean failing;

    /** A part that is being read; a long one takes several looks. */
    private static final class Reading {
        private final PartRow part;
        private final MessageDigest digest = Sha256.digest();
        private long done;

        Reading(PartRow part) {
            this.part = part;
        }

        long left() {
            return part.location().length() - done;
        }
    }

    Sweep(
            SweepRows rows,
            PartIndex parts,
            DamagedParts damaged,
            SegmentLog log,
            StoreState state,
            IngestConfig config,
            MeterRegistry meters) {
        this.rows = rows;
        this.parts = parts;
        this.damaged = damaged;
        this.log = log;
        this.state = state;
        this.bytesPerLook = config.sweep().rate().asLongValue();
        this.bytes = meters.counter("prelim.ingest.sweep.bytes");
        this.found = meters.counter("prelim.ingest.sweep.damaged");
    }

    @Scheduled(every = "1s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (bytesPerLook == 0 || !state.isRecovered()) {
            return;
        }
        try {
            sweep(bytesPerLook);
            failing = false;
        } catch (IOException | RuntimeException e) {
            reading = null;
            if (!failing) { // said once, not at each look
                failing = true;
                OperatorMessage.SWEEP_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    /** @param budget bytes to read, at most; a part without bytes counts as one */
    synchronized void sweep(long budget) throws IOException {
        LogPosition place = rows.place().orElse(null);
        Deque<PartRow> page = new ArrayDeque<>();
        long left = budget;
        while (place != null && left > 0) {
            if (reading == null) {
                if (page.isEmpty()) {
                    page.addAll(rows.from(place));
                }
                if (page.isEmpty()) {
                    rows.ended();
                    OperatorMessage.SWEEP_DONE.log(LOG);
                    return;
                }
                reading = new Reading(page.remove());
            }
            left -= Math.max(1, read(Math.min(left, reading.left())));
            if (reading.left() == 0) {
                place = after(reading.part);
                judge(reading);
                reading = null;
            }
        }
        if (place != null) {
            rows.at(place);
        }
    }

    private static LogPosition after(PartRow part) {
        return new LogPosition(part.location().segment(), part.location().offset() + 1);
    }

    /** What is not there, or what the device does not give, counts as read: its digest will not hold. */
    private long read(long count) throws IOException {
        Reading now = reading;
        try (InputStream in = log.read(now.part.location(), now.done, now.done + count)) {
            for (long left = count; left > 0; ) {
                int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                now.digest.update(buffer, 0, read);
                left -= read;
            }
        } catch (NoSuchFileException | EOFException e) {
            now.digest.reset();
        } catch (IOException e) {
            if (!SegmentLog.unreadable(e)) {
                throw e; // of this process rather than of the bytes
            }
            now.digest.reset();
        }
        now.done += count;
        bytes.increment(count);
        return count;
    }

    private void judge(Reading read) {
        PartRow part = read.part;
        if (Sha256.of(read.digest.digest()).prefixed().equals(part.reference().digest())) {
            return;
        }
        boolean same = parts.find(part.reference().partId())
                .filter(again -> again.location().equals(part.location()))
                .isPresent();
        Reason reason = log.holds(part.location()) ? Reason.ALTERED : Reason.MISSING;
        // a part that was dropped or copied forward meanwhile is none that was read
        if (same && damaged.add(part.reference().partId(), reason)) {
            found.increment();
            OperatorMessage.PART_DAMAGED.log(
                    LOG,
                    "partId",
                    part.reference().partId(),
                    "segment",
                    part.location().segment(),
                    "reason",
                    reason);
        }
    }
}
