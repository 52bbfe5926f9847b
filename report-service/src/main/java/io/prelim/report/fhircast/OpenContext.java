package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;

/**
 * A context that is open in a topic, and what is shared in it.
 *
 * @param open      the event that opened it last
 * @param versionId what an update must name
 * @param content   shared resources by {@code Type/id}
 * @param bytes     of all of it, about, as JSON
 */
record OpenContext(CastEvent open, String versionId, Map<String, JsonNode> content, long bytes) {
    static OpenContext of(CastEvent open) {
        return new OpenContext(open, version(), Map.of(), length(open.json()));
    }

    /** Opened once more: the content stays (IHE RAD-148). */
    OpenContext reopened(CastEvent again) {
        return new OpenContext(again, version(), content, bytes - length(open.json()) + length(again.json()));
    }

    OpenContext with(Map<String, JsonNode> changed) {
        long size = bytes;
        for (Map.Entry<String, JsonNode> each : changed.entrySet()) {
            JsonNode before = content.get(each.getKey());
            if (before != each.getValue()) {
                size += length(each.getValue()) - length(before);
            }
        }
        for (Map.Entry<String, JsonNode> each : content.entrySet()) {
            size -= changed.containsKey(each.getKey()) ? 0 : length(each.getValue());
        }
        return new OpenContext(open, version(), changed, size);
    }

    private static String version() {
        return UUID.randomUUID().toString();
    }

    private static long length(JsonNode json) {
        return json == null ? 0 : CastJson.text(json).length();
    }

    /** As the answer to whoever asks for the current context (FHIRcast 2.9). */
    ObjectNode current() {
        ObjectNode current = open.json().objectNode();
        current.put("context.type", open.anchorType());
        current.put("context.versionId", versionId);
        ArrayNode context = current.putArray("context");
        open.context().forEach(context::add);
        ObjectNode bundle = context.addObject().put("key", "content").putObject("resource");
        bundle.put("resourceType", "Bundle").put("id", versionId).put("type", "collection");
        // an empty array is no FHIR
        content.forEach(
                (reference, resource) -> bundle.withArray("entry").addObject().set("resource", resource));
        return current;
    }
}
