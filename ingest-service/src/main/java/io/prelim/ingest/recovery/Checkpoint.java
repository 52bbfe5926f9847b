package io.prelim.ingest.recovery;

import io.prelim.ingest.index.IndexWitness;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.storage.InFlight;
import io.prelim.store.LogPosition;
import io.prelim.store.SegmentLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * How far the log is indexed. The place moves on to where the log ended when it was looked at last, once all that was in flight then
 * has been answered by the database: what lies before is indexed, or its sender was told that it is not stored. It moves only while
 * the witness stands, and its commit is synced, and with it all that were before.
 */
@ApplicationScoped
public class Checkpoint {
    private static final Logger LOG = Logger.getLogger(Checkpoint.class);
    private static final String FIND = "select segment, position from log_checkpoint where log = 'segments'";
    private static final String MOVE = """
            insert into log_checkpoint (log, segment, position)
            select 'segments', :segment, :position where %s
            on conflict (log) do update set segment = excluded.segment, position = excluded.position,
                at = clock_timestamp()
            """.formatted(IndexWitness.STANDS);

    private record Mark(LogPosition end, long inFlight) {}

    private final StatelessSession session;
    private final SegmentLog log;
    private final InFlight inFlight;
    private final IndexWitness witness;
    private Mark mark;
    private LogPosition stored;
    private boolean failing;

    Checkpoint(StatelessSession session, SegmentLog log, InFlight inFlight, IndexWitness witness) {
        this.session = session;
        this.log = log;
        this.inFlight = inFlight;
        this.witness = witness;
    }

    /** Moves it on if there is something to. */
    public synchronized void look() {
        try {
            if (mark != null && inFlight.endedBefore(mark.inFlight()) && move(mark.end())) {
                mark = null;
            }
            if (mark == null) {
                // in this order: whatever lies before the end is of a ticket that the mark covers
                LogPosition end = log.end();
                mark = new Mark(end, inFlight.mark());
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) { // said once, not at each look
                failing = true;
                OperatorMessage.CHECKPOINT_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    /** Empty when nothing of the log is known to be indexed. */
    Optional<LogPosition> find() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(FIND, Object[].class).getResultList().stream()
                        .map(row -> new LogPosition(((Number) row[0]).longValue(), ((Number) row[1]).longValue()))
                        .findFirst());
    }

    /** @return whether it is there; false when the database has lost the witness */
    synchronized boolean move(LogPosition place) {
        if (place.equals(stored)) {
            return true;
        }
        int moved = QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeMutationQuery(MOVE)
                        .setParameter("segment", place.segment())
                        .setParameter("position", place.offset())
                        .setParameter("witness", witness.trusted())
                        .executeUpdate());
        if (moved > 0) {
            stored = place;
        }
        return moved > 0;
    }
}
