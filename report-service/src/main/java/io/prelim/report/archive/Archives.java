package io.prelim.report.archive;

import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.operator.StartRefusal;
import io.prelim.report.settings.ArchiveSettings;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.ArchiveQueue;
import io.prelim.report.store.EventLog.VersionLogged;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The archives of the configuration, a courier and a thread each. */
@ApplicationScoped
public class Archives {
    private static final OperatorLog LOG = OperatorLog.of(Archives.class);
    /** For what another replica wrote, and what is due again. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final Map<String, ArchiveSettings> settings;
    private final ArchiveQueue queue;
    private final Documents documents;
    private final ArchiveFigures figures;
    private final Map<String, Destination> destinations = new TreeMap<>();
    private final List<Courier> couriers = new ArrayList<>();
    private final List<Repeater> repeaters = new ArrayList<>();
    private Repeater refresher;

    Archives(ReportSettings settings, ArchiveQueue queue, Documents documents, ArchiveFigures figures) {
        this.settings = settings.archive();
        this.queue = queue;
        this.documents = documents;
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        settings.forEach((name, each) -> destinations.put(name, destination(name, each)));
        destinations.forEach((name, destination) -> {
            ArchiveSettings each = settings.get(name);
            figures.show(name, each.send().stream().map(Enum::name).toList());
            Courier courier = new Courier(name, each, destination, queue, documents, figures);
            couriers.add(courier);
            queue.open(name);
            repeaters.add(Repeater.start("archive-" + name, LOOK, courier::round, fault -> tell(name, fault)));
        });
        if (!destinations.isEmpty()) {
            refresher = Repeater.start("archives", REFRESH, () -> figures.refresh(queue.standings()), fault -> {});
        }
    }

    private static Destination destination(String name, ArchiveSettings settings) {
        try {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a name is 1 to 32 small letters, digits and hyphens");
            }
            if (settings.host().isPresent() == settings.url().isPresent()) {
                throw new IllegalArgumentException("one of host and url must be set");
            }
            if (settings.certificate().isPresent() != settings.key().isPresent()) {
                throw new IllegalArgumentException("certificate and key belong together");
            }
            return settings.host().isPresent() ? new DicomDestination(settings) : new StowDestination(settings);
        } catch (IllegalArgumentException e) {
            LOG.write(OperatorMessage.ARCHIVE_SETTINGS_REFUSED, "archive", name, "problem", e.getMessage());
            throw StartRefusal.exit();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        couriers.forEach(Courier::stop);
        repeaters.forEach(Repeater::close);
        if (refresher != null) {
            refresher.close();
        }
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) VersionLogged written) {
        repeaters.forEach(Repeater::wake);
    }

    /** Sends what an archive refused once more. @return how much; empty for an archive there is not */
    public Optional<Integer> retry(String archive) {
        if (!destinations.containsKey(archive)) {
            return Optional.empty();
        }
        Optional<Integer> waiting = queue.retry(archive);
        repeaters.forEach(Repeater::wake);
        return waiting;
    }

    /** How a configured archive is spoken to; empty for another. */
    public Optional<String> protocol(String archive) {
        return Optional.ofNullable(destinations.get(archive)).map(Destination::protocol);
    }

    private static void tell(String archive, RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.ARCHIVE_RESUMED, "archive", archive);
        } else {
            LOG.write(OperatorMessage.ARCHIVE_PAUSED, "archive", archive, "fault", OperatorLog.fault(fault));
        }
    }
}
