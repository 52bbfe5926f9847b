package io.prelim.fhircast;

import static io.prelim.fhircast.Events.PATIENT_CLOSE;
import static io.prelim.fhircast.Events.PATIENT_OPEN;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** How one subscribes, and how it ends. */
final class SubscriptionChecks {
    private static final String SUBSCRIBING = "FHIRcast 2.4";
    private static final int FEWEST_SECRET_CHARACTERS = 16;

    static final List<Check> ALL = List.of(
            Check.of(
                    "configuration",
                    "FHIRcast 2.7",
                    "GET .well-known/fhircast-configuration tells eventsSupported and websocketSupport: true",
                    SubscriptionChecks::configuration),
            Check.of(
                    "subscribe",
                    SUBSCRIBING,
                    "a subscription is answered 202 with hub.channel.endpoint, a ws or wss address",
                    SubscriptionChecks::subscribe),
            Check.of(
                    "endpoint-unguessable",
                    SUBSCRIBING,
                    "each subscription has an endpoint of its own, and another one near it is none",
                    SubscriptionChecks::unguessable),
            Check.of(
                    "confirmation",
                    SUBSCRIBING,
                    "the first message is hub.mode subscribe with hub.topic, hub.events and a number hub.lease_seconds",
                    SubscriptionChecks::confirmation),
            refusing("channel-type-required", "FHIRcast 2.4, IHE RAD-146", "hub.channel.type", null),
            refusing("webhook-refused", "FHIRcast 2.4, IHE RAD-146", "hub.channel.type", "webhook"),
            refusing("mode-known", SUBSCRIBING, "hub.mode", "publish"),
            refusing("topic-required", "FHIRcast 2.4, IHE RAD-146", "hub.topic", null),
            refusing("events-required", "FHIRcast 2.4, IHE RAD-146", "hub.events", null),
            Check.of(
                    "wild-cards",
                    "FHIRcast 2.3",
                    "hub.events may be Patient-*, and the confirmation grants Patient-open",
                    SubscriptionChecks::wildCards),
            Check.of(
                    "resubscribe",
                    SUBSCRIBING,
                    "a subscription to the same endpoint replaces hub.events, over the same WebSocket",
                    SubscriptionChecks::resubscribe),
            Check.of(
                    "unsubscribe",
                    SUBSCRIBING,
                    "unsubscribing is answered 202, hub.mode denied is sent, and the WebSocket closed",
                    SubscriptionChecks::unsubscribe),
            Check.of(
                    "lease-ends",
                    SUBSCRIBING,
                    "the WebSocket is closed once hub.lease_seconds are over",
                    SubscriptionChecks::lease),
            Check.of(
                    "heartbeat",
                    "FHIRcast 3.2.2",
                    "who subscribes to Heartbeat gets one within 10 s, with the key period",
                    SubscriptionChecks::heartbeat));

    private SubscriptionChecks() {}

    private static Check refusing(String name, String source, String parameter, String value) {
        String expected = "a subscription "
                + (value == null ? "without " + parameter : "with " + parameter + "=" + value) + " is answered 4xx";
        return Check.of(name, source, expected, session -> {
            Map<String, String> form = session.subscription(PATIENT_OPEN);
            if (value == null) {
                form.remove(parameter);
            } else {
                form.put(parameter, value);
            }
            int status = session.hub().form(form).statusCode();
            if (status / 100 != 4) {
                throw Verdict.fail("answered " + status);
            }
        });
    }

    private static void configuration(Session session) {
        JsonNode known = session.configuration();
        if (known.isMissingNode()) {
            throw Verdict.skip("the hub tells nothing there");
        }
        if (!known.path("eventsSupported").isArray()) {
            throw Verdict.fail("eventsSupported is no array");
        }
        if (!known.path("websocketSupport").asBoolean(false)) {
            throw Verdict.fail("websocketSupport is not true");
        }
    }

    private static void subscribe(Session session) {
        String endpoint = session.subscribed(session.subscription(PATIENT_OPEN)).endpoint();
        String lower = endpoint.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("ws://") && !lower.startsWith("wss://")) {
            throw Verdict.fail("hub.channel.endpoint is no ws or wss address");
        }
    }

    private static void unguessable(Session session) {
        String first = session.subscribed(session.subscription(PATIENT_OPEN)).endpoint();
        String second = session.subscribed(session.subscription(PATIENT_OPEN)).endpoint();
        if (first.equals(second)) {
            throw Verdict.fail("two subscriptions have the same endpoint");
        }
        int same = 0;
        while (same < Math.min(first.length(), second.length()) && first.charAt(same) == second.charAt(same)) {
            same++;
        }
        if (first.length() - same < FEWEST_SECRET_CHARACTERS) {
            throw Verdict.fail("two endpoints differ in their last " + (first.length() - same) + " characters alone");
        }
        char last = first.charAt(first.length() - 1);
        Subscriber stranger = new Subscriber(first.substring(0, first.length() - 1) + (last == 'A' ? 'B' : 'A'));
        try {
            stranger.connect(session.hub());
        } catch (CompletionException e) {
            return;
        }
        boolean served =
                stranger.await(each -> "subscribe".equals(each.path("hub.mode").asText()), Duration.ofSeconds(1))
                        != null;
        stranger.close();
        if (served) {
            throw Verdict.fail("an endpoint that was not given out is served");
        }
    }

    private static void confirmation(Session session) {
        JsonNode first = session.join(PATIENT_OPEN).messages().get(0);
        if (!"subscribe".equals(first.path("hub.mode").asText())) {
            throw Verdict.fail("hub.mode is not subscribe in the first message");
        }
        if (!session.topic().equals(first.path("hub.topic").asText())) {
            throw Verdict.fail("hub.topic is another");
        }
        if (!first.path("hub.events").asText().toLowerCase(Locale.ROOT).contains("patient-open")) {
            throw Verdict.fail("hub.events does not have Patient-open");
        }
        if (!first.path("hub.lease_seconds").isNumber()) {
            throw Verdict.fail("hub.lease_seconds is no number");
        }
    }

    private static void wildCards(Session session) {
        JsonNode first = session.join("Patient-*").messages().get(0);
        if (!first.path("hub.events").asText().toLowerCase(Locale.ROOT).contains("patient-")) {
            throw Verdict.fail("hub.events has no event of Patient");
        }
    }

    private static void resubscribe(Session session) {
        Subscriber subscriber = session.join(PATIENT_OPEN);
        Map<String, String> form = session.subscription(PATIENT_CLOSE);
        form.put("hub.channel.endpoint", subscriber.endpoint());
        int status = session.hub().form(form).statusCode();
        if (status != 202) {
            throw Verdict.fail("answered " + status);
        }
        String open = session.send(session.events().patientOpen());
        session.got(subscriber, session.send(session.events().patientClose()));
        if (subscriber.awaitId(open, Duration.ZERO) != null) {
            throw Verdict.fail("an event of the subscription before still comes");
        }
    }

    private static void unsubscribe(Session session) {
        Subscriber subscriber = session.join(PATIENT_OPEN);
        Map<String, String> form = session.subscription(PATIENT_OPEN);
        form.put("hub.mode", "unsubscribe");
        form.remove("hub.events");
        form.put("hub.channel.endpoint", subscriber.endpoint());
        int status = session.hub().form(form).statusCode();
        if (status != 202) {
            throw Verdict.fail("answered " + status);
        }
        if (!subscriber.awaitClosed(session.patience())) {
            throw Verdict.fail("the WebSocket stays open");
        }
        if (subscriber.await(each -> "denied".equals(each.path("hub.mode").asText()), Duration.ZERO) == null) {
            throw Verdict.fail("hub.mode denied was not sent");
        }
    }

    private static void lease(Session session) {
        Map<String, String> form = session.subscription(PATIENT_OPEN);
        form.put("hub.lease_seconds", "2");
        Subscriber subscriber = session.join(form);
        long granted = subscriber.messages().get(0).path("hub.lease_seconds").asLong();
        if (granted > 60) {
            throw Verdict.skip("the hub grants no less than " + granted + " s");
        }
        if (!subscriber.awaitClosed(Duration.ofSeconds(granted).plus(session.patience()))) {
            throw Verdict.fail("the WebSocket is open after " + granted + " s and more");
        }
    }

    private static void heartbeat(Session session) {
        if (!session.configuration().has("eventsSupported")) {
            throw Verdict.skip("the hub does not say whether it has Heartbeat");
        }
        session.needs("Heartbeat");
        Subscriber subscriber = session.join("Heartbeat");
        JsonNode beat = subscriber.await(
                each -> each.path("event").path("hub.event").asText().equalsIgnoreCase("Heartbeat"),
                Duration.ofSeconds(10).plus(session.patience()));
        if (beat == null) {
            throw Verdict.fail("none came");
        }
        if (!"period"
                .equals(beat.path("event").path("context").path(0).path("key").asText())) {
            throw Verdict.fail("its context has no key period");
        }
    }
}
