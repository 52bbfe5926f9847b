package io.prelim.report.webhook;

import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.report.delivery.Deliveries;
import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Destinations;
import io.prelim.report.delivery.Limits;
import io.prelim.report.delivery.TlsFiles;
import io.prelim.report.egress.Egress;
import io.prelim.report.egress.EgressRefused;
import io.prelim.report.egress.EgressRules;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.EgressSettings;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.settings.WebhookSettings;
import io.prelim.report.settings.WebhookSettings.Event;
import io.prelim.report.store.DestinationType;
import io.prelim.report.store.RegisteredWebhooks;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The webhooks of the configuration, and those that were registered. */
@ApplicationScoped
public class Webhooks implements Destinations {
    private static final OperatorLog LOG = OperatorLog.of(Webhooks.class);
    private static final int MOST_SECRETS = 2;
    /** Of those that were registered. */
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofMinutes(10), 100, false);

    private final Map<String, WebhookSettings> settings;
    private final EgressSettings egressSettings;
    private final RegisteredWebhooks registered;
    private final Map<String, Destination<?>> configured = new TreeMap<>();
    private final Map<RegisteredWebhooks.Row, Destination<?>> known = new HashMap<>();
    private Egress egress;

    Webhooks(ReportSettings settings, RegisteredWebhooks registered) {
        this.settings = settings.webhook();
        this.egressSettings = settings.egress();
        this.registered = registered;
    }

    @Override
    public DestinationType type() {
        return DestinationType.WEBHOOK;
    }

    @Override
    public synchronized Map<String, Destination<?>> current() {
        egress();
        settings.forEach((name, each) -> configured.computeIfAbsent(name, fresh -> destination(fresh, each)));
        List<RegisteredWebhooks.Row> rows = registered.all();
        known.keySet().retainAll(rows);
        Map<String, Destination<?>> current = new TreeMap<>();
        rows.forEach(row -> current.put(row.name(), known.computeIfAbsent(row, this::destination)));
        current.putAll(configured);
        return current;
    }

    private synchronized Egress egress() {
        if (egress == null) {
            try {
                egress = new Egress(new EgressRules(
                        egressSettings.hosts().orElse(List.of()),
                        egressSettings.addresses().orElse(List.of())));
            } catch (IllegalArgumentException e) {
                throw new Unusable("all", e.getMessage());
            }
        }
        return egress;
    }

    private Destination<?> destination(String name, WebhookSettings settings) {
        try {
            String url = settings.url().orElseThrow(() -> new IllegalArgumentException("url must be set"));
            Path file =
                    settings.secretFile().orElseThrow(() -> new IllegalArgumentException("secret-file must be set"));
            if (settings.certificate().isPresent() != settings.key().isPresent()
                    || settings.certificate().isPresent() && settings.trust().isEmpty()) {
                throw new IllegalArgumentException("certificate, key and trust belong together");
            }
            if (!settings.checkHostName()) {
                throw new IllegalArgumentException("check-host-name cannot be turned off");
            }
            PemFiles files = settings.trust().isPresent() ? TlsFiles.of(settings) : null;
            secrets(file);
            try {
                egress().check(url);
            } catch (UnknownHostException e) {
                // a name service that is away holds up no start; it is looked up again for each connection
            }
            return new WebhookDestination(
                    url, settings.events(), Limits.of(settings, false), egress(), () -> secrets(file), files);
        } catch (EgressRefused e) {
            throw new Unusable(name, "url " + e.getMessage());
        } catch (IOException e) {
            throw new Unusable(
                    name, "secret-file cannot be read: " + e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            throw new Unusable(name, e.getMessage());
        }
    }

    /** @throws IllegalArgumentException for a file that holds no secret */
    private static List<Secret> secrets(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty() || lines.size() > MOST_SECRETS) {
            throw new IllegalArgumentException("secret-file must have one line, or two");
        }
        return lines.stream().map(line -> Secret.of(line.strip())).toList();
    }

    private Destination<?> destination(RegisteredWebhooks.Row row) {
        Set<Event> events = row.events().stream()
                .map(Event::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Event.class)));
        return new WebhookDestination(
                row.url(), events, LIMITS, egress(), () -> List.of(Secret.of(row.secret())), null);
    }

    /** Those that were registered; without their secrets. */
    public List<Registered> registered() {
        return registered.all().stream().map(Webhooks::view).toList();
    }

    private static Registered view(RegisteredWebhooks.Row row) {
        return new Registered(
                row.name(), row.url(), row.events().stream().map(Event::valueOf).toList());
    }

    /**
     * Registers one.
     *
     * @return its secret, told this once
     * @throws Refused naming the field that is wrong, and why
     */
    public String register(Registered webhook) throws Refused {
        if (webhook.name() == null || !Deliveries.named(webhook.name())) {
            throw new Refused("name", "must be 1 to 32 small letters, digits and hyphens", false);
        }
        if (webhook.events() == null
                || webhook.events().isEmpty()
                || webhook.events().contains(null)) {
            throw new Refused("events", "must name one event or more", false);
        }
        try {
            if (webhook.url() == null) {
                throw new Refused("url", "must be given", false);
            }
            egress().check(webhook.url());
        } catch (EgressRefused e) {
            throw new Refused("url", e.getMessage(), false);
        } catch (UnknownHostException e) {
            throw new Refused("url", "leads to a host that has no address", false);
        }
        String secret = Secret.make();
        RegisteredWebhooks.Added added = registered.add(
                new RegisteredWebhooks.Row(
                        webhook.name(),
                        webhook.url(),
                        secret,
                        webhook.events().stream().map(Enum::name).distinct().toList(),
                        null),
                egressSettings.mostWebhooks());
        if (added == RegisteredWebhooks.Added.TAKEN) {
            throw new Refused("name", "is or was that of another destination", true);
        }
        if (added == RegisteredWebhooks.Added.TOO_MANY) {
            throw new Refused("name", "there are as many as there may be", true);
        }
        LOG.write(OperatorMessage.WEBHOOK_REGISTERED, type().key(), webhook.name());
        return secret;
    }

    /** @return whether one of that name was registered */
    public boolean remove(String name) {
        boolean known = registered.remove(name);
        if (known) {
            LOG.write(OperatorMessage.WEBHOOK_REMOVED, type().key(), name);
        }
        return known;
    }

    /** A webhook as it is registered. */
    public record Registered(String name, String url, List<Event> events) {}

    /** It cannot be registered so. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String field;
        private final boolean conflict;

        Refused(String field, String problem, boolean conflict) {
            super(problem);
            this.field = field;
            this.conflict = conflict;
        }

        public String field() {
            return field;
        }

        /** Whether it is so because of what there is already. */
        public boolean conflict() {
            return conflict;
        }
    }
}
