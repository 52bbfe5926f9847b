package io.prelim.ingest.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.store.SegmentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What is known of the store beside its bytes: whether all of the log is indexed, and what failed. */
@ApplicationScoped
public class StoreState {
    private static final Logger LOG = Logger.getLogger(StoreState.class);

    private final AtomicLong failures = new AtomicLong();
    private final MeterRegistry meters;
    private volatile boolean recovered;
    private volatile SegmentFailure lastFailure;

    StoreState(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A segment was sealed because a write or a sync failed; nothing in it was answered as stored that is not. */
    void failed(SegmentFailure failure) {
        lastFailure = failure;
        failures.incrementAndGet();
        meters.counter("prelim.ingest.store.failures").increment();
        OperatorMessage.SEGMENT_SEALED.log(LOG, "segment", failure.segment(), "reason", failure.reason());
    }

    /** Writes or syncs that failed since the start. */
    public long failures() {
        return failures.get();
    }

    public Optional<SegmentFailure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    public void recovered() {
        recovered = true;
    }

    /** Whether what a crash left out of the index is in it. Before, nothing may be decided over what is stored. */
    public boolean isRecovered() {
        return recovered;
    }
}
