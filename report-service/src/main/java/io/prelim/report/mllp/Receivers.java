package io.prelim.report.mllp;

import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Destinations;
import io.prelim.report.settings.MllpSettings;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.DestinationType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** The receivers of the configuration. */
@ApplicationScoped
class Receivers implements Destinations {
    private final Map<String, MllpSettings> settings;
    private final Results results;
    private final Map<String, Destination<?>> destinations = new TreeMap<>();

    Receivers(ReportSettings settings, Results results) {
        this.settings = settings.mllp();
        this.results = results;
    }

    @Override
    public DestinationType type() {
        return DestinationType.MLLP;
    }

    @Override
    public synchronized Map<String, Destination<?>> current() {
        settings.forEach((name, each) -> destinations.computeIfAbsent(name, fresh -> destination(fresh, each)));
        return destinations;
    }

    private Destination<?> destination(String name, MllpSettings settings) {
        try {
            return new MllpDestination(settings, results);
        } catch (IllegalArgumentException e) {
            throw new Unusable(name, e.getMessage());
        }
    }
}
