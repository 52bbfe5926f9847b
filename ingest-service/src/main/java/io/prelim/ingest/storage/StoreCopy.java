package io.prelim.ingest.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.CopyConfig;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.store.Location;
import io.prelim.store.LogCopy;
import io.prelim.store.copy.CopySettings;
import io.prelim.store.copy.CopyStore;
import io.prelim.store.copy.Restore;
import io.prelim.store.copy.SecondCopy;
import io.prelim.store.s3.S3CopyStore;
import io.prelim.store.s3.S3Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The second copy of the segment log, where one is configured; without one everything that is stored is kept as it should be. */
@ApplicationScoped
public class StoreCopy {
    private static final Logger LOG = Logger.getLogger(StoreCopy.class);

    /**
     * How it is.
     *
     * @param taking whether an object would be copied now
     * @param behindBytes that the log has and the copy is known to lack
     * @param uncheckedSegments that were not compared since the start
     * @param deletionsWaiting segments that were dropped and may still be in the copy
     */
    public record State(boolean taking, long behindBytes, int uncheckedSegments, int deletionsWaiting) {}

    private final CopyConfig config;
    private final CopyNotices notices;
    private final MeterRegistry meters;
    private SecondCopy copy;
    private boolean restored;

    StoreCopy(IngestConfig config, MeterRegistry meters) {
        this.config = config.store().copy();
        this.meters = meters;
        this.notices = new CopyNotices(meters);
    }

    /** Before the log is opened: fills a folder that has none, if that is asked for. */
    void restore(Path segments) throws IOException {
        if (config.restore().isEmpty()) {
            return;
        }
        if (config.bucket().isEmpty()) {
            throw new IOException("prelim.store.copy.restore needs prelim.store.copy.bucket");
        }
        UUID id = config.restore().get();
        try (CopyStore store = S3CopyStore.of(s3())) {
            restored = new Restore(store, id, settings(), notices).into(segments);
        }
        if (restored) {
            OperatorMessage.STORE_RESTORED.log(LOG, "storeId", id);
        }
    }

    /** For the log that is about to be opened, which closes it. */
    synchronized LogCopy ofLog() {
        if (config.bucket().isEmpty()) {
            return LogCopy.NONE;
        }
        copy = new SecondCopy(S3CopyStore.of(s3()), settings(), notices);
        meters.gauge("prelim.store.copy.taking", copy, second -> second.taking() ? 1 : 0);
        meters.gauge("prelim.store.copy.behind.bytes", copy, SecondCopy::bytesBehind);
        meters.gauge("prelim.store.copy.unchecked.segments", copy, SecondCopy::uncheckedSegments);
        meters.gauge("prelim.store.copy.deletions.waiting", copy, SecondCopy::deletionsWaiting);
        return copy;
    }

    /** Whether this start has filled the volume: the index must be compared with all of the log. */
    public boolean restored() {
        return restored;
    }

    /** Whether the copy, where there is to be one, has all bytes of a part. */
    public boolean holds(Location location) {
        return second().map(present -> present.holds(location))
                .orElse(config.bucket().isEmpty());
    }

    /** Whether it is known of every segment up to this one what the copy has of it. */
    public boolean knows(long segment) {
        return second().map(present -> present.knows(segment))
                .orElse(config.bucket().isEmpty());
    }

    /** Whether the copy has bytes of a segment that the log does not have. */
    public boolean isLonger(long segment) {
        return second().map(present -> present.isLonger(segment)).orElse(false);
    }

    /** Empty where there is none. */
    public Optional<State> state() {
        return second().map(present -> new State(
                present.taking(), present.bytesBehind(), present.uncheckedSegments(), present.deletionsWaiting()));
    }

    private synchronized Optional<SecondCopy> second() {
        return Optional.ofNullable(copy);
    }

    /** A host that cannot be resolved now counts as another machine. */
    static boolean readableOnItsWay(URI endpoint) {
        if ("https".equalsIgnoreCase(endpoint.getScheme())) {
            return false;
        }
        try {
            return !InetAddress.getByName(endpoint.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private CopySettings settings() {
        return new CopySettings(
                Math.toIntExact(config.objectSize().asLongValue()),
                config.concurrency(),
                config.deadline(),
                config.retryEvery());
    }

    private S3Settings s3() {
        if (config.endpoint().filter(StoreCopy::readableOnItsWay).isPresent() && !config.allowPlainHttp()) {
            throw new IllegalStateException(
                    "prelim.store.copy.endpoint is on another machine and without TLS: use https, or set"
                            + " prelim.store.copy.allow-plain-http");
        }
        return new S3Settings(
                config.endpoint().orElse(null),
                config.region(),
                config.bucket().orElseThrow(),
                config.prefix(),
                config.pathStyle(),
                config.accessKeyFile().orElse(null),
                config.secretKeyFile().orElse(null),
                config.connectTimeout(),
                config.attemptTimeout());
    }
}
