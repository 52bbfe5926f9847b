package io.prelim.report.delivery;

import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.operator.StartRefusal;
import io.prelim.report.store.DeliveryLedger;
import io.prelim.report.store.DeliveryQueue;
import io.prelim.report.store.DestinationType;
import io.prelim.report.store.EventLog.VersionLogged;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** All destinations, a courier and a thread each: one that is slow or away holds up no other. */
@ApplicationScoped
public class Deliveries {
    private static final OperatorLog LOG = OperatorLog.of(Deliveries.class);
    /** For what another replica wrote, and what is due again. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    /** For destinations that come and go, and for figures. */
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final List<Destinations> types;
    private final DeliveryQueue queue;
    private final DeliveryLedger ledger;
    private final DeliveryFigures figures;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private Repeater refresher;

    private record Running(Destination<?> destination, Courier<?> courier, Repeater repeater) {
        void stop() {
            courier.stop();
            repeater.close();
        }
    }

    Deliveries(Instance<Destinations> types, DeliveryQueue queue, DeliveryLedger ledger, DeliveryFigures figures) {
        this.types = types.stream().toList();
        this.queue = queue;
        this.ledger = ledger;
        this.figures = figures;
    }

    /** Whether a destination may be called so. */
    public static boolean named(String name) {
        return NAME.matcher(name).matches();
    }

    void start(@Observes StartupEvent event) {
        Map<String, DestinationType> names = new TreeMap<>();
        for (Destinations type : types) {
            try {
                type.current().keySet().forEach(name -> check(type.type(), name, names));
            } catch (Destinations.Unusable e) {
                LOG.write(
                        type.type() == DestinationType.ARCHIVE
                                ? OperatorMessage.ARCHIVE_SETTINGS_REFUSED
                                : OperatorMessage.DESTINATION_SETTINGS_REFUSED,
                        type.type().key(),
                        e.destination(),
                        "problem",
                        e.getMessage());
                throw StartRefusal.exit();
            }
        }
        refresher = Repeater.start("deliveries", REFRESH, this::refresh, fault -> {});
    }

    private void check(DestinationType type, String name, Map<String, DestinationType> names) {
        if (!named(name)) {
            throw new Destinations.Unusable(name, "a name is 1 to 32 small letters, digits and hyphens");
        }
        DestinationType other = names.put(name, type);
        if (other != null) {
            throw new Destinations.Unusable(name, "the name is that of a destination under " + other.key() + " too");
        }
        if (!queue.open(name, type)) {
            throw new Destinations.Unusable(name, "the name was that of a destination of another type");
        }
    }

    /** Starts couriers for destinations that came, ends those of destinations that went. */
    private synchronized void refresh() {
        for (Destinations type : types) {
            Map<String, Destination<?>> current = type.current();
            running.forEach((name, each) -> {
                if (each.courier().type() == type.type() && current.get(name) != each.destination()) {
                    end(name);
                }
            });
            current.forEach((name, destination) -> {
                if (!running.containsKey(name)) {
                    running.put(name, begin(type.type(), name, destination));
                }
            });
        }
        figures.refresh(ledger.standings());
    }

    private Running begin(DestinationType type, String name, Destination<?> destination) {
        queue.open(name, type);
        figures.show(type, name, destination.kinds());
        Courier<?> courier = new Courier<>(name, type, destination, queue, figures);
        return new Running(
                destination,
                courier,
                Repeater.start("delivery-" + name, LOOK, courier::round, fault -> tell(type, name, fault)));
    }

    private void end(String name) {
        Running ended = running.remove(name);
        if (ended != null) {
            ended.stop();
            figures.hide(name);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (refresher != null) {
            refresher.close();
        }
        running.values().forEach(each -> each.courier().stop());
        running.values().forEach(Running::stop);
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) VersionLogged written) {
        wake();
    }

    private void wake() {
        running.values().forEach(each -> each.repeater().wake());
    }

    /** Looks at once which destinations there are. */
    public void changed() {
        refresher.wake();
    }

    /**
     * Sends what a destination refused once more, and to it again if it was disabled.
     *
     * @param type null for any
     * @return how much waits now that was refused; empty for a destination there is not
     */
    public Optional<Integer> retry(DestinationType type, String name) {
        Running known = running.get(name);
        if (known == null || type != null && known.courier().type() != type) {
            return Optional.empty();
        }
        Optional<Integer> waiting = queue.retry(name);
        known.repeater().wake();
        return waiting;
    }

    /** How a destination is spoken to that there is now; empty for another. */
    public Optional<String> protocol(String name) {
        return Optional.ofNullable(running.get(name))
                .map(each -> each.destination().protocol());
    }

    private static void tell(DestinationType type, String name, RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.DELIVERIES_RESUMED, type.key(), name);
        } else {
            LOG.write(OperatorMessage.DELIVERIES_PAUSED, type.key(), name, "fault", OperatorLog.fault(fault));
        }
    }
}
