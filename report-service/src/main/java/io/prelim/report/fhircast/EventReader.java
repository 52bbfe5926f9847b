package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.report.store.Digests;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Reads events that clients send (FHIRcast 2.6). */
final class EventReader {
    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");

    private final Catalogue catalogue;

    EventReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @throws Refused 400, or 422 for an event that this hub does not have */
    CastEvent read(byte[] body) {
        ObjectNode json = CastJson.object(body);
        String id = text(json, "id", TEXT);
        timestamp(json);
        JsonNode event = json.path("event");
        if (!event.isObject()) {
            throw Refused.bad("event must be an object");
        }
        String topic = text(event, "hub.topic", TEXT);
        String asked = text(event, "hub.event", NAME);
        JsonNode context = event.path("context");
        if (!context.isArray()) {
            throw Refused.bad("event.context must be an array");
        }
        String name = catalogue
                .find(asked)
                .filter(each -> !each.equals(Catalogue.HEARTBEAT))
                .orElseThrow(() -> new Refused(422, "the event is none that this hub distributes for others"));
        ContextRules.check(name, context);
        return new CastEvent(id, topic, name, Digests.sha256(body), json);
    }

    private static String text(JsonNode in, String field, Pattern pattern) {
        JsonNode value = in.path(field);
        if (!value.isTextual() || !pattern.matcher(value.asText()).matches()) {
            throw Refused.bad(field + " must be a text of 1 to 128 characters without space");
        }
        return value.asText();
    }

    /** ISO 8601; the specification's own examples leave the zone out. */
    private static void timestamp(JsonNode json) {
        try {
            if (json.path("timestamp").isTextual()) {
                DateTimeFormatter.ISO_DATE_TIME.parse(json.get("timestamp").asText(), LocalDateTime::from);
                return;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw Refused.bad("timestamp must be a time such as 2026-03-01T08:00:00Z");
    }
}
