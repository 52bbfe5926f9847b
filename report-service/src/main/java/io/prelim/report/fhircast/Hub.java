package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.access.Caller;
import io.prelim.report.settings.FhircastSettings;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The hub of this process: its topics, and who is subscribed to them. */
@ApplicationScoped
public class Hub {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int SECRET_BYTES = 32;

    private final FhircastSettings settings;
    private final Limits limits;
    private final Catalogue catalogue;
    private final EventReader reader;
    private final HubFigures figures;
    private final Event<Opened> opened;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong memory = new AtomicLong();
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private Repeater repeater;

    Hub(ReportSettings settings, HubFigures figures, Event<Opened> opened) {
        this.settings = settings.fhircast();
        this.limits = limits(this.settings);
        this.catalogue = new Catalogue(this.settings.relay().orElse(Set.of()));
        this.reader = new EventReader(catalogue);
        this.figures = figures;
        this.opened = opened;
        this.settings.feed().ifPresent(name -> topics.put(name, topic(name, Caller.ANYBODY)));
    }

    void start(@Observes StartupEvent event) {
        if (settings.enabled()) {
            figures.show(channels::size, topics::size, memory::get);
            repeater = Repeater.start("fhircast", TICK, this::tick, fault -> {});
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (repeater != null) {
            repeater.close();
        }
        topics.values().forEach(topic -> topic.close("the hub goes down"));
    }

    /** Whether there is a hub here. */
    public boolean enabled() {
        return settings.enabled();
    }

    /** Bytes that an event may have. */
    public int mostBytes() {
        return limits.messageBytes();
    }

    /** The events that may be subscribed to. */
    public List<String> events() {
        return catalogue.names();
    }

    /**
     * Subscribes, renews or unsubscribes.
     *
     * @param form   by parameter
     * @param caller whose sites the topic is of, if it is new
     * @return the channel: the last part of its address, 256 random bits
     * @throws Refused 400 for what cannot be granted, 403 for a topic of sites that are not the caller's, 503 when there is no place
     */
    public String subscribe(Map<String, List<String>> form, Caller caller) {
        SubscriptionRequest request = SubscriptionRequest.of(form);
        Channel known = request.channel() == null ? null : channels.get(request.channel());
        if (request.channel() != null
                && (known == null || !known.topic.name().equals(request.topic()) || !known.isOpen())) {
            throw Refused.bad("hub.channel.endpoint is none of this topic");
        }
        if (known != null) {
            admitted(known.topic, caller);
        }
        if (!request.subscribe()) {
            channels.remove(request.channel());
            known.topic.unsubscribe(known.subscriber);
            return request.channel();
        }
        Set<String> granted = catalogue.granted(request.events());
        if (granted.isEmpty()) {
            throw Refused.bad("hub.events names none that this hub has: see .well-known/fhircast-configuration");
        }
        long lease = request.lease() == null
                ? settings.lease().toSeconds()
                : Math.min(request.lease(), settings.longestLease().toSeconds());
        if (known != null) {
            known.topic.renew(known.subscriber, granted, lease);
            return request.channel();
        }
        return join(request, granted, lease, caller);
    }

    private synchronized String join(SubscriptionRequest request, Set<String> granted, long lease, Caller caller) {
        if (channels.size() >= limits.subscribers()) {
            throw new Refused(503, "the hub has " + limits.subscribers() + " subscribers, and takes no more");
        }
        Topic topic = topics.get(request.topic());
        if (topic == null) {
            if (topics.size() >= limits.topics()) {
                throw new Refused(503, "the hub has " + limits.topics() + " topics, and takes no more");
            }
            topic = topic(request.topic(), caller);
        }
        admitted(topic, caller);
        Subscriber subscriber = topic.subscribe(request.name(), granted, lease);
        topics.put(topic.name(), topic);
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String channel = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        channels.put(channel, new Channel(topic, subscriber));
        return channel;
    }

    /**
     * Takes an event that a client sent, and distributes it.
     *
     * @param caller who may send to topics of their sites
     * @throws Refused 400, 403, 409, 413, 422 or 503: nobody gets it
     */
    public void accept(byte[] body, Caller caller) {
        if (body.length > limits.messageBytes()) {
            throw new Refused(413, "an event has at most " + limits.messageBytes() + " bytes");
        }
        CastEvent event = reader.read(body);
        Topic topic = topics.get(event.topic());
        if (topic == null) {
            throw Refused.bad("hub.topic is no session of this hub: subscribe to it first");
        }
        admitted(topic, caller);
        if (settings.feed().filter(event.topic()::equals).isPresent()
                && !event.name().equals(Catalogue.SYNC_ERROR)) {
            throw new Refused(403, "what happens in this topic the hub alone says");
        }
        if (topic.accept(event) && event.is(Catalogue.OPEN)) {
            opened.fire(new Opened());
        }
    }

    /** The current context of a topic and what is shared in it; empty for a topic that is not there, or of sites that are not the caller's. */
    public Optional<JsonNode> current(String topic, Caller caller) {
        return Optional.ofNullable(topics.get(topic))
                .filter(known -> known.admits(caller))
                .map(Topic::currentContext);
    }

    /** Null for a channel that is not there. */
    Channel channel(String secret) {
        Channel channel = channels.get(secret);
        return channel == null || !channel.isOpen() ? null : channel;
    }

    /** The topic that follows every draft. */
    Optional<Topic> feed() {
        return settings.feed().map(topics::get);
    }

    Collection<Topic> topics() {
        return topics.values();
    }

    private static void admitted(Topic topic, Caller caller) {
        if (!topic.admits(caller)) {
            throw new Refused(403, "hub.topic is a session of sites that are not the user's");
        }
    }

    private Topic topic(String name, Caller maker) {
        return new Topic(name, maker, limits, System::nanoTime, figures, memory);
    }

    private void tick() {
        topics.values().forEach(Topic::tick);
        channels.values().removeIf(each -> !each.isOpen());
        synchronized (this) {
            topics.values().removeIf(each -> {
                if (!each.isIdle()
                        || settings.feed().filter(each.name()::equals).isPresent()) {
                    return false;
                }
                each.close("nobody is here");
                return true;
            });
        }
    }

    private static Limits limits(FhircastSettings settings) {
        return new Limits(
                settings.maxTopics(),
                settings.maxSubscribers(),
                settings.maxMessage(),
                settings.maxContext(),
                settings.maxMemory(),
                settings.queue(),
                2 * settings.maxContext(),
                settings.answer(),
                settings.unanswered(),
                settings.send(),
                settings.connect(),
                settings.heartbeat(),
                settings.idle());
    }

    /** Told to observers when a context was opened. */
    record Opened() {}

    /** A subscription as it is found by its address. */
    record Channel(Topic topic, Subscriber subscriber) {
        private boolean isOpen() {
            return topic.has(subscriber);
        }
    }
}
