package io.prelim.report.fhircast;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client asks for by form (FHIRcast 2.4).
 *
 * @param events   null where it unsubscribes
 * @param lease    seconds; null for the hub's own
 * @param channel  of a subscription that there is already; null for none
 * @param name     of the subscriber for others; null for none
 */
record SubscriptionRequest(boolean subscribe, String topic, String events, Long lease, String channel, String name) {
    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._~-]{8,64}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._,:()/-]{1,64}");
    private static final Pattern LEASE = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> MODES = Set.of("subscribe", "unsubscribe");

    /** @throws Refused 400 naming the parameter */
    static SubscriptionRequest of(Map<String, List<String>> form) {
        if (!"websocket".equals(one(form, "hub.channel.type"))) {
            throw Refused.bad("hub.channel.type must be websocket: a hub calls nobody back");
        }
        String mode = one(form, "hub.mode");
        if (mode == null || !MODES.contains(mode)) {
            throw Refused.bad("hub.mode must be subscribe or unsubscribe");
        }
        boolean subscribe = mode.equals("subscribe");
        String topic = one(form, "hub.topic");
        if (topic == null || !TOPIC.matcher(topic).matches()) {
            throw Refused.bad("hub.topic must be 8 to 64 letters, digits, '.', '_', '~' or '-'");
        }
        String events = one(form, "hub.events");
        if (subscribe && (events == null || events.isBlank())) {
            throw Refused.bad("hub.events must name the events");
        }
        String endpoint = one(form, "hub.channel.endpoint");
        if (!subscribe && endpoint == null) {
            throw Refused.bad("hub.channel.endpoint must name what is unsubscribed");
        }
        String name = one(form, "subscriber.name");
        if (name != null && !NAME.matcher(name).matches()) {
            throw Refused.bad("subscriber.name must be 1 to 64 letters, digits, spaces or ._,:()/-");
        }
        // the end of the address says which; it is never followed
        String channel = endpoint == null
                ? null
                : endpoint.strip().substring(endpoint.strip().lastIndexOf('/') + 1);
        return new SubscriptionRequest(
                subscribe, topic, subscribe ? events : null, lease(one(form, "hub.lease_seconds")), channel, name);
    }

    private static Long lease(String seconds) {
        if (seconds == null) {
            return null;
        }
        if (!LEASE.matcher(seconds).matches() || Long.parseLong(seconds) == 0) {
            throw Refused.bad("hub.lease_seconds must be a positive number of seconds");
        }
        return Long.parseLong(seconds);
    }

    private static String one(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refused.bad(name + " must not be given more than once");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
