package io.prelim.report.archive;

import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Destinations;
import io.prelim.report.settings.ArchiveSettings;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.DestinationType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** The archives of the configuration. */
@ApplicationScoped
class Archives implements Destinations {
    private final Map<String, ArchiveSettings> settings;
    private final Documents documents;
    private final Map<String, Destination<?>> destinations = new TreeMap<>();

    Archives(ReportSettings settings, Documents documents) {
        this.settings = settings.archive();
        this.documents = documents;
    }

    @Override
    public DestinationType type() {
        return DestinationType.ARCHIVE;
    }

    @Override
    public synchronized Map<String, Destination<?>> current() {
        settings.forEach((name, each) -> destinations.computeIfAbsent(name, fresh -> destination(fresh, each)));
        return destinations;
    }

    private Destination<?> destination(String name, ArchiveSettings settings) {
        try {
            if (settings.host().isPresent() == settings.url().isPresent()) {
                throw new IllegalArgumentException("one of host and url must be set");
            }
            if (settings.certificate().isPresent() != settings.key().isPresent()) {
                throw new IllegalArgumentException("certificate and key belong together");
            }
            return settings.host().isPresent()
                    ? new DicomDestination(settings, documents)
                    : new StowDestination(settings, documents);
        } catch (IllegalArgumentException e) {
            throw new Unusable(name, e.getMessage());
        }
    }
}
