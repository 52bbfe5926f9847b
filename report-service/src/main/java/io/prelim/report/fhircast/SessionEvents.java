package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.fhir.SharedContent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Prelim's own events in sessions. */
final class SessionEvents {
    private SessionEvents() {}

    /** @throws IllegalArgumentException for a status that FHIR has no word for */
    static CastEvent opening(String topic, ReportView report) {
        SharedContent shared = SharedContent.of(report, null, null);
        ObjectNode message = Messages.event(topic, Catalogue.REPORT + Catalogue.OPEN);
        resource(message, "report", shared.opening());
        resource(message, "patient", shared.patient());
        resource(message, "study", shared.study());
        return event(topic, message);
    }

    /** @param open the event that opened it */
    static CastEvent closing(String topic, CastEvent open) {
        ObjectNode message = Messages.event(topic, Catalogue.REPORT + Catalogue.CLOSE);
        open.context().forEach(item -> Messages.context(message).setAll((ObjectNode) item));
        return event(topic, message);
    }

    /**
     * What a version changes in a session.
     *
     * @param open   the event that opened it
     * @param before what was shared last
     */
    static Change change(CastEvent open, Map<String, String> before, ReportView report) {
        SharedContent shared = SharedContent.of(
                report, open.references("patient").get(0), SessionReports.study(open, report.studyInstanceUid()));
        Map<String, String> put = new LinkedHashMap<>(shared.resources());
        put.entrySet().removeIf(each -> each.getValue().equals(before.get(each.getKey())));
        Set<String> deleted = new LinkedHashSet<>(before.keySet());
        deleted.removeAll(shared.resources().keySet());
        return new Change(put, deleted, shared.resources());
    }

    /** As an update of what is open. */
    static CastEvent update(String topic, OpenContext context, Change change) {
        ObjectNode message = Messages.event(topic, Catalogue.REPORT + Catalogue.UPDATE);
        ((ObjectNode) message.get("event")).put("context.versionId", context.versionId());
        String anchor = context.open().anchor();
        ObjectNode report = Messages.context(message).put("key", "report").putObject("resource");
        report.put("resourceType", Catalogue.REPORT).put("id", anchor.substring(anchor.indexOf('/') + 1));
        ObjectNode bundle = Messages.context(message).put("key", "updates").putObject("resource");
        bundle.put("resourceType", "Bundle")
                .put("id", UUID.randomUUID().toString())
                .put("type", "transaction");
        ArrayNode entries = bundle.putArray("entry");
        change.put.forEach(
                (reference, json) -> entry(entries, "PUT", reference).set("resource", CastJson.object(json)));
        // a reader may have deleted it already
        change.deleted.stream()
                .filter(context.content()::containsKey)
                .forEach(reference -> entry(entries, "DELETE", reference));
        return event(topic, message);
    }

    private static ObjectNode entry(ArrayNode entries, String method, String reference) {
        ObjectNode entry = entries.addObject().put("fullUrl", reference);
        entry.putObject("request").put("method", method).put("url", reference);
        return entry;
    }

    private static void resource(ObjectNode message, String key, String json) {
        Messages.context(message).put("key", key).set("resource", CastJson.object(json));
    }

    private static CastEvent event(String topic, ObjectNode message) {
        return new CastEvent(
                message.get("id").asText(),
                topic,
                message.path("event").path("hub.event").asText(),
                "",
                message);
    }

    /**
     * @param put       JSON of what is new or otherwise, by {@code Type/id}
     * @param deleted   what is no more
     * @param resources JSON of all there is now
     */
    record Change(Map<String, String> put, Set<String> deleted, Map<String, String> resources) {
        boolean isNone() {
            return put.isEmpty() && deleted.isEmpty();
        }
    }
}
