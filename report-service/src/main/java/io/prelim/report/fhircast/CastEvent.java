package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An event that a hub was asked to distribute, and may.
 *
 * @param name   in the catalogue's spelling
 * @param digest of the bytes it came as
 * @param json   as it came: {@code timestamp}, {@code id}, {@code event}
 */
record CastEvent(String id, String topic, String name, String digest, ObjectNode json) {
    JsonNode context() {
        return json.path("event").path("context");
    }

    boolean is(String suffix) {
        return Catalogue.known(name) && name.endsWith(suffix);
    }

    /** {@code DiagnosticReport} of {@code DiagnosticReport-open}. */
    String anchorType() {
        int dash = name.indexOf('-');
        return dash < 0 ? "" : name.substring(0, dash);
    }

    /** {@code Type/id} of the resource that the event is about. */
    String anchor() {
        return references(keyOf(anchorType())).get(0);
    }

    /** Null when the event names none. */
    String versionId() {
        JsonNode version = json.path("event").path("context.versionId");
        return version.isTextual() ? version.asText() : null;
    }

    /** {@code Type/id} of each item with a key. */
    List<String> references(String key) {
        List<String> references = new ArrayList<>();
        for (JsonNode item : context()) {
            String reference = key.equals(item.path("key").asText()) ? ContextRules.reference(item) : null;
            if (reference != null) {
                references.add(reference);
            }
        }
        return references;
    }

    /** The whole resources with a key. */
    List<JsonNode> resources(String key) {
        List<JsonNode> resources = new ArrayList<>();
        for (JsonNode item : context()) {
            if (key.equals(item.path("key").asText()) && item.path("resource").isObject()) {
                resources.add(item.get("resource"));
            }
        }
        return resources;
    }

    /** As subscribers get it. @param priorVersionId null for none */
    String distributed(String versionId, String priorVersionId) {
        ObjectNode event = (ObjectNode) json.get("event");
        ObjectNode told = event.objectNode();
        told.set("hub.topic", event.get("hub.topic"));
        told.put("hub.event", name);
        if (versionId != null) {
            told.put("context.versionId", versionId);
        }
        if (priorVersionId != null) {
            told.put("context.priorVersionId", priorVersionId);
        }
        event.properties().forEach(each -> {
            if (!told.has(each.getKey()) && !each.getKey().startsWith("context.")) {
                told.set(each.getKey(), each.getValue());
            }
        });
        ObjectNode whole = json.objectNode();
        whole.setAll(json);
        whole.set("event", told);
        return CastJson.text(whole);
    }

    private static String keyOf(String type) {
        return switch (type) {
            case "ImagingStudy" -> "study";
            case "DiagnosticReport" -> "report";
            default -> "patient";
        };
    }
}
