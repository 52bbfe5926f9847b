package io.prelim.report.subscribe;

import io.prelim.access.Sites;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.EventLog;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

/** The live streams of this process. */
@ApplicationScoped
public class Streams {
    private static final OperatorLog LOG = OperatorLog.of(Streams.class);

    private final ReportSettings.Stream settings;
    private final Feed feed;
    private Repeater repeater;

    Streams(EventLog log, ReportSettings settings) {
        this.settings = settings.stream();
        this.feed = new Feed(
                reader(log),
                new Feed.Limits(
                        this.settings.window(),
                        this.settings.maxClients(),
                        this.settings.heartbeat(),
                        this.settings.stall()),
                System::nanoTime,
                Streams::cut);
    }

    void start(@Observes StartupEvent event) {
        repeater = Repeater.start("stream", settings.poll(), feed::run, Streams::tell);
    }

    void stop(@Observes ShutdownEvent event) {
        repeater.close();
        feed.close();
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventLog.VersionLogged written) {
        wake();
    }

    /**
     * A stream for one client.
     *
     * @param after      position to resume from; null for what happens from now on
     * @param sites      whose changes
     * @param disconnect closes the client's connection when it is cut
     * @return empty when there are too many clients
     */
    public Optional<Flow.Publisher<StreamItem>> open(Long after, Sites sites, Runnable disconnect) {
        if (feed.clients() >= settings.maxClients()) {
            return Optional.empty();
        }
        return Optional.of(subscriber -> {
            StreamClient client = new StreamClient(after, sites, this::wake, disconnect);
            if (!feed.join(client, subscriber)) {
                subscriber.onSubscribe(client);
                subscriber.onComplete();
            }
        });
    }

    /** Clients connected now. */
    public int clients() {
        return feed.clients();
    }

    private void wake() {
        if (repeater != null) {
            repeater.wake();
        }
    }

    private static void cut(StreamClient client) {
        LOG.write(OperatorMessage.CLIENT_CUT, "position", client.position());
        client.disconnect();
    }

    private static LogReader reader(EventLog log) {
        return new LogReader() {
            @Override
            public EventLog.Range range() {
                return log.range();
            }

            @Override
            public List<EventLog.Entry> after(long position, int limit) {
                return log.after(position, limit);
            }
        };
    }

    private static void tell(RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.STREAM_RESUMED);
        } else {
            LOG.write(OperatorMessage.STREAM_PAUSED, "fault", OperatorLog.fault(fault));
        }
    }
}
