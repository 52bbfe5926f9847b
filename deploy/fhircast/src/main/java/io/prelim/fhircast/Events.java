package io.prelim.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** Events of made-up patients and reports, each run its own. */
final class Events {
    static final String PATIENT_OPEN = "Patient-open";
    static final String PATIENT_CLOSE = "Patient-close";
    static final String REPORT_OPEN = "DiagnosticReport-open";
    static final String REPORT_UPDATE = "DiagnosticReport-update";
    static final String REPORT_CLOSE = "DiagnosticReport-close";
    static final String REPORT_SELECT = "DiagnosticReport-select";
    static final String SYNC_ERROR = "SyncError";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String topic;
    private final String patient = id();
    private final String study = id();
    private final String report = id();

    Events(String topic) {
        this.topic = topic;
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    ObjectNode event(String name, ObjectNode... context) {
        ObjectNode message = JSON.objectNode();
        message.put("timestamp", Instant.now().toString()).put("id", id());
        ObjectNode event = message.putObject("event");
        event.put("hub.topic", topic).put("hub.event", name);
        var items = event.putArray("context");
        for (ObjectNode each : context) {
            items.add(each);
        }
        return message;
    }

    ObjectNode patientOpen() {
        return event(PATIENT_OPEN, patient());
    }

    ObjectNode patientClose() {
        return event(PATIENT_CLOSE, patient());
    }

    ObjectNode reportOpen() {
        return event(REPORT_OPEN, wholeReport(), patient(), study());
    }

    ObjectNode reportClose() {
        return event(REPORT_CLOSE, wholeReport(), patient(), study());
    }

    /** @param versionId null for none */
    ObjectNode update(String versionId, ObjectNode... context) {
        ObjectNode message = event(REPORT_UPDATE, context);
        if (versionId != null) {
            ((ObjectNode) message.get("event")).put("context.versionId", versionId);
        }
        return message;
    }

    /** What closes what was opened. */
    JsonNode closing(JsonNode open) {
        ObjectNode message = event(open.path("event").path("hub.event").asText().replaceAll("(?i)-open$", "-close"));
        ((ObjectNode) message.get("event")).set("context", open.path("event").get("context"));
        return message;
    }

    ObjectNode patient() {
        ObjectNode item = item("patient", "Patient", patient);
        ObjectNode resource = (ObjectNode) item.get("resource");
        resource.putArray("identifier")
                .addObject()
                .put("system", "urn:oid:2.999.1")
                .put("value", "CHECK-1");
        return item;
    }

    ObjectNode study() {
        ObjectNode item = item("study", "ImagingStudy", study);
        ObjectNode resource = (ObjectNode) item.get("resource");
        resource.put("status", "unknown").putObject("subject").put("reference", "Patient/" + patient);
        resource.putArray("identifier")
                .addObject()
                .put("system", "urn:dicom:uid")
                .put("value", "urn:oid:2.999.2.3.4");
        return item;
    }

    private ObjectNode wholeReport() {
        ObjectNode item = report();
        ObjectNode resource = (ObjectNode) item.get("resource");
        resource.put("status", "unknown").putObject("subject").put("reference", "Patient/" + patient);
        resource.putObject("code")
                .putArray("coding")
                .addObject()
                .put("system", "http://loinc.org")
                .put("code", "18748-4");
        resource.putArray("imagingStudy").addObject().put("reference", "ImagingStudy/" + study);
        return item;
    }

    /** As updates and selections name it. */
    ObjectNode report() {
        return item("report", "DiagnosticReport", report);
    }

    ObjectNode select(String reference) {
        ObjectNode item = JSON.objectNode().put("key", "select");
        item.putArray("reference").addObject().put("reference", reference);
        return item;
    }

    private static ObjectNode item(String key, String type, String id) {
        ObjectNode item = JSON.objectNode().put("key", key);
        item.putObject("resource").put("resourceType", type).put("id", id);
        return item;
    }

    static ObjectNode updates(ObjectNode... entries) {
        ObjectNode item = JSON.objectNode().put("key", "updates");
        ObjectNode bundle = item.putObject("resource");
        bundle.put("resourceType", "Bundle").put("id", id()).put("type", "transaction");
        var array = bundle.putArray("entry");
        for (ObjectNode each : entries) {
            array.add(each);
        }
        return item;
    }

    ObjectNode put(String id, String value) {
        ObjectNode entry = JSON.objectNode();
        entry.put("fullUrl", "Observation/" + id)
                .putObject("request")
                .put("method", "PUT")
                .put("url", "Observation/" + id);
        ObjectNode resource = entry.putObject("resource");
        resource.put("resourceType", "Observation")
                .put("id", id)
                .put("status", "preliminary")
                .put("valueString", value);
        resource.putObject("code").put("text", "made up");
        resource.putObject("subject").put("reference", "Patient/" + patient);
        return entry;
    }

    static ObjectNode delete(String reference) {
        ObjectNode entry = JSON.objectNode().put("fullUrl", reference);
        entry.putObject("request").put("method", "DELETE").put("url", reference);
        return entry;
    }

    String patientReference() {
        return "Patient/" + patient;
    }

    static String version(JsonNode event) {
        return event.path("event").path("context.versionId").asText();
    }
}
