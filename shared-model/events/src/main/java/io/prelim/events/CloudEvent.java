package io.prelim.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The CloudEvents 1.0 Kafka binding, binary mode: attributes are {@code ce_} headers, the record's value is the event's JSON.
 *
 * @param id      equal for a re-send of the same event
 * @param source  {@code /prelim/<service>}
 * @param subject the study or report key
 */
public record CloudEvent(String id, String source, String subject, Instant time, Event data) {
    public static final String CONTENT_TYPE = "application/json";
    /** Of {@link #structured()}. */
    public static final String STRUCTURED_TYPE = "application/cloudevents+json";

    public static CloudEvent of(UUID id, String service, Instant time, Event data) {
        return new CloudEvent(id.toString(), source(service), data.key(), time, data);
    }

    /** The {@code ce_source} of a service. */
    public static String source(String service) {
        return "/prelim/" + service;
    }

    /** Header names and values, in a fixed order. */
    public Map<String, String> headers() {
        return headers(id, source, data.type(), subject, time, data.dataSchema());
    }

    /** The same for an event that is at hand as bytes only. */
    public static Map<String, String> headers(
            String id, String source, String type, String subject, Instant time, String dataSchema) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_type", type);
        headers.put("ce_subject", subject);
        headers.put("ce_time", time.toString());
        headers.put("ce_dataschema", dataSchema);
        headers.put("content-type", CONTENT_TYPE);
        return headers;
    }

    /** The CloudEvents 1.0 JSON format: attributes and data in one object, UTF-8. */
    public byte[] structured() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", source);
        event.put("type", data.type());
        event.put("subject", subject);
        event.put("time", time);
        event.put("datacontenttype", CONTENT_TYPE);
        event.put("dataschema", data.dataSchema());
        event.put("data", data);
        return EventJson.write(event);
    }

    /** The record's value. */
    public byte[] value() {
        return EventJson.write(data);
    }
}
