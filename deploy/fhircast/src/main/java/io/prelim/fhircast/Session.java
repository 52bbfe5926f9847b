package io.prelim.fhircast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** What a check does at the hub. It leaves the topic as it found it: nobody subscribed, nothing open. */
final class Session implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Options options;
    private final HubClient hub;
    private final JsonNode configuration;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<JsonNode> toClose = new ArrayList<>();
    private final Events events;

    /** @param configuration of the hub; missing where it has none */
    Session(Options options, JsonNode configuration) {
        this.options = options;
        this.hub = new HubClient(options);
        this.configuration = configuration;
        this.events = new Events(options.topic());
    }

    HubClient hub() {
        return hub;
    }

    Events events() {
        return events;
    }

    String topic() {
        return options.topic();
    }

    Duration patience() {
        return options.patience();
    }

    Duration silence() {
        return options.silence();
    }

    JsonNode configuration() {
        return configuration;
    }

    /** A hub that does not say what it has may have it. */
    boolean supports(String event) {
        JsonNode supported = configuration.path("eventsSupported");
        if (!supported.isArray()) {
            return true;
        }
        for (JsonNode each : supported) {
            if (each.asText().equalsIgnoreCase(event)) {
                return true;
            }
        }
        return false;
    }

    void needs(String event) {
        if (!supports(event)) {
            throw Verdict.skip("the hub does not have " + event);
        }
    }

    Map<String, String> subscription(String named) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("hub.channel.type", "websocket");
        form.put("hub.mode", "subscribe");
        form.put("hub.topic", options.topic());
        form.put("hub.events", named);
        form.put("subscriber.name", "checker");
        return form;
    }

    /** Subscribed, connected and confirmed. */
    Subscriber join(String named) {
        return join(subscription(named));
    }

    Subscriber join(Map<String, String> form) {
        return connected(subscribed(form));
    }

    Subscriber connected(Subscriber subscriber) {
        try {
            subscriber.connect(hub);
        } catch (CompletionException e) {
            throw Verdict.fail("the WebSocket was not taken: "
                    + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName());
        }
        if (subscriber.await(each -> each.has("hub.mode"), patience()) == null) {
            throw Verdict.fail("no confirmation over the WebSocket");
        }
        return subscriber;
    }

    Subscriber subscribed(Map<String, String> form) {
        HttpResponse<String> response = hub.form(form);
        if (response.statusCode() != 202) {
            throw Verdict.fail("subscription answered " + response.statusCode());
        }
        Subscriber subscriber =
                new Subscriber(json(response).path("hub.channel.endpoint").asText());
        subscribers.add(subscriber);
        return subscriber;
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw Verdict.fail("the answer is no JSON");
        }
    }

    /** Sends an event that the hub must accept. @return its id */
    String send(JsonNode event) {
        int status = hub.event(event).statusCode();
        if (status / 100 != 2) {
            throw Verdict.fail(event.path("event").path("hub.event").asText() + " answered " + status);
        }
        String name = event.path("event").path("hub.event").asText();
        if (name.toLowerCase(Locale.ROOT).endsWith("-open")) {
            toClose.add(events.closing(event));
        }
        return event.path("id").asText();
    }

    /** Sends an event that the hub must refuse. */
    void refused(JsonNode event, String what) {
        int status = hub.event(event).statusCode();
        if (status < 400) {
            throw Verdict.fail(what + " answered " + status);
        }
    }

    /** The event with an id, at somebody who must get it. */
    JsonNode got(Subscriber subscriber, String id) {
        JsonNode event = subscriber.awaitId(id, patience());
        if (event == null) {
            throw Verdict.fail("the event did not come within " + patience().toSeconds() + " s");
        }
        return event;
    }

    /** The context that is current; skips where the hub does not tell it. */
    JsonNode current() {
        if (configuration.has("getCurrentSupport")
                && !configuration.path("getCurrentSupport").asBoolean()) {
            throw Verdict.skip("the hub does not tell the current context");
        }
        HttpResponse<String> response = hub.get("/" + options.topic());
        if (response.statusCode() == 404 || response.statusCode() == 405 || response.statusCode() == 501) {
            throw Verdict.skip("the hub does not tell the current context: " + response.statusCode());
        }
        if (response.statusCode() != 200) {
            throw Verdict.fail("the current context answered " + response.statusCode());
        }
        return json(response);
    }

    @Override
    public void close() {
        for (JsonNode each : toClose) {
            try {
                hub.event(each);
            } catch (Verdict ignored) {
                // the check has its verdict
            }
        }
        for (Subscriber each : subscribers) {
            Map<String, String> form = subscription("*");
            form.remove("hub.events");
            form.put("hub.mode", "unsubscribe");
            form.put("hub.channel.endpoint", each.endpoint());
            try {
                hub.form(form);
            } catch (Verdict ignored) {
                // the check has its verdict
            }
            each.close();
        }
    }
}
