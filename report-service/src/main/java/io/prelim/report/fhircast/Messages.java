package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/** What the hub itself says. */
final class Messages {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CODES = "https://fhircast.hl7.org/events/syncerror/";

    private Messages() {}

    /** FHIRcast 2.4: the subscription is in force. */
    static String confirmed(String topic, Set<String> events, long leaseSeconds) {
        ObjectNode message = JSON.objectNode();
        message.put("hub.mode", "subscribe").put("hub.topic", topic).put("hub.events", String.join(",", events));
        return CastJson.text(message.put("hub.lease_seconds", leaseSeconds));
    }

    /** FHIRcast 2.4: the subscription is over. */
    static String denied(String topic, Set<String> events, String reason) {
        ObjectNode message = JSON.objectNode();
        message.put("hub.mode", "denied").put("hub.topic", topic).put("hub.events", String.join(",", events));
        return CastJson.text(message.put("hub.reason", reason));
    }

    /** FHIRcast 3.2.1. @param subscriber its own name for itself; null for none */
    static String syncError(String topic, String eventId, String eventName, String subscriber, String problem) {
        ObjectNode message = event(topic, Catalogue.SYNC_ERROR);
        ObjectNode item = context(message).put("key", "operationoutcome");
        ObjectNode outcome = item.putObject("resource").put("resourceType", "OperationOutcome");
        ObjectNode issue = outcome.putArray("issue").addObject();
        issue.put("severity", "warning").put("code", "processing");
        ArrayNode codes = issue.putObject("details").putArray("coding");
        if (eventId != null) {
            codes.addObject().put("system", CODES + "eventid").put("code", eventId);
            codes.addObject().put("system", CODES + "eventname").put("code", eventName);
        }
        if (subscriber != null) {
            codes.addObject().put("system", CODES + "subscriber").put("code", subscriber);
        }
        issue.put("diagnostics", (subscriber == null ? "A subscriber" : subscriber) + " " + problem);
        return CastJson.text(message);
    }

    /** FHIRcast 3.2.2. */
    static String heartbeat(String topic, Duration period) {
        ObjectNode message = event(topic, Catalogue.HEARTBEAT);
        context(message).put("key", "period").put("decimal", period.toSeconds());
        return CastJson.text(message);
    }

    /** The current context where nothing is open (FHIRcast 2.9). */
    static ObjectNode nothing() {
        ObjectNode nothing = JSON.objectNode();
        nothing.put("context.type", "").put("context.versionId", "").putArray("context");
        return nothing;
    }

    /** An event of the hub's own, with a new id, now; its context is to be filled. */
    static ObjectNode event(String topic, String name) {
        ObjectNode message = JSON.objectNode();
        message.put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        message.put("id", UUID.randomUUID().toString());
        ObjectNode event = message.putObject("event");
        event.put("hub.topic", topic).put("hub.event", name);
        event.putArray("context");
        return message;
    }

    /** One more item of an event's context. */
    static ObjectNode context(ObjectNode message) {
        return ((ArrayNode) message.get("event").get("context")).addObject();
    }
}
