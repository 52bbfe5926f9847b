package io.prelim.ingest.publish;

import io.prelim.events.CloudEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** An event that must be told, as it waits. Read only: {@link Outbox} and {@link Claims} write by statement. */
@Entity
@Table(name = "outbox")
public class OutboxRow {
    @Id
    @Column(name = "event_id")
    UUID eventId;

    @Column(name = "study_key")
    UUID studyKey;

    int revision;
    short shard;
    long sequence;
    String topic;
    String type;

    @Column(name = "data_schema")
    String dataSchema;

    byte[] payload;

    @Column(name = "event_time")
    Instant eventTime;

    /** Times the broker acknowledged it. */
    int sends;

    @Column(name = "settled_at")
    Instant settledAt;

    /** The CloudEvents attributes, binary mode, as {@link CloudEvent#headers} gives them; equal for every re-send. */
    Map<String, String> headers() {
        return CloudEvent.headers(
                eventId.toString(), CloudEvent.source("ingest"), type, studyKey.toString(), eventTime, dataSchema);
    }
}
