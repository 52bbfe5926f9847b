package io.prelim.ingest.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoreSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Makes the segment log from the configuration. */
@ApplicationScoped
class Storage {
    private static final Logger LOG = Logger.getLogger(Storage.class);

    @Produces
    @Singleton
    SegmentLog open(IngestConfig config, StoreState state, StoreCopy copy, MeterRegistry meters) {
        IngestConfig.Store store = config.store();
        StoreSettings settings = new StoreSettings(
                store.directory().resolve("segments"),
                store.segmentSize().asLongValue(),
                store.spareSegments(),
                store.minFree().asLongValue(),
                store.queueCapacity(),
                store.queueTimeout());
        try {
            copy.restore(settings.directory());
            SegmentLog log = SegmentLog.open(settings, Clock.systemUTC(), copy.ofLog());
            log.onFailure(state::failed);
            meters.gauge("prelim.store.spare.segments", log, SegmentLog::spareSegments);
            OperatorMessage.STORE_OPENED.log(LOG, "directory", settings.directory(), "freeBytes", log.freeBytes());
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException("the segment store in " + settings.directory() + " cannot be opened", e);
        }
    }

    void close(@Disposes SegmentLog log) {
        log.close();
    }
}
