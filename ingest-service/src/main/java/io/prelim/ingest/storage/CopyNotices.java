package io.prelim.ingest.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.store.RestoredSegments.Restored;
import io.prelim.store.StoredPart;
import io.prelim.store.copy.CopyWatch;
import io.prelim.store.copy.Restore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What becomes of the second copy, as figures and operator messages. */
final class CopyNotices implements CopyWatch, Restore.Watch {
    private static final Logger LOG = Logger.getLogger(StoreCopy.class);

    private final Timer puts;
    private final Counter bytes;
    private final Counter failures;

    CopyNotices(MeterRegistry meters) {
        puts = meters.timer("prelim.store.copy.put");
        bytes = meters.counter("prelim.store.copy.bytes");
        failures = meters.counter("prelim.store.copy.failures");
    }

    @Override
    public void opened(UUID id) {
        OperatorMessage.COPY_OPENED.log(LOG, "storeId", id);
    }

    @Override
    public void besideOthers(UUID id, List<String> others) {
        OperatorMessage.COPIES_OF_OTHERS.log(LOG, "storeId", id, "others", others);
    }

    @Override
    public void put(long length, Duration took) {
        puts.record(took);
        bytes.increment(length);
    }

    @Override
    public void failed(String reason) {
        failures.increment();
        LOG.debugf("second copy: a request failed; reason=%s", reason);
    }

    @Override
    public void away(String reason) {
        OperatorMessage.COPY_AWAY.log(LOG, "reason", reason);
    }

    @Override
    public void back() {
        OperatorMessage.COPY_BACK.log(LOG);
    }

    @Override
    public void behind(long segment, long length) {
        OperatorMessage.COPY_BEHIND.log(LOG, "segment", segment, "bytes", length);
    }

    @Override
    public void caughtUp() {
        OperatorMessage.COPY_CAUGHT_UP.log(LOG);
    }

    @Override
    public void unreadable(long segment, long from, long to, String reason) {
        OperatorMessage.COPY_WITHOUT.log(LOG, "segment", segment, "from", from, "to", to, "reason", reason);
    }

    @Override
    public void deleted(long segment) {
        LOG.debugf("segment deleted from the second copy; segment=%d", segment);
    }

    @Override
    public void restored(long segment, Restored restored, long gaps) {
        for (StoredPart part : restored.damaged()) {
            OperatorMessage.RECORD_LOST.log(
                    LOG,
                    "segment",
                    segment,
                    "partId",
                    part.partId(),
                    "studyKey",
                    part.studyKey(),
                    "sopInstanceUid",
                    part.instanceUid());
        }
        List<Long> lost = restored.lost();
        for (int i = 0; i < lost.size(); i += 2) {
            OperatorMessage.RECORDS_LOST.log(LOG, "segment", segment, "from", lost.get(i), "to", lost.get(i + 1));
        }
        LOG.debugf(
                "segment restored; segment=%d records=%d gaps=%d",
                segment, restored.walked().records(), gaps);
    }
}
