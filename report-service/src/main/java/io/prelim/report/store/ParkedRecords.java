package io.prelim.report.store;

import io.prelim.events.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Records that could not be handled, kept whole so that they can be looked at and replayed. May be identified. */
@ApplicationScoped
public class ParkedRecords {
    private final EntityManager database;

    ParkedRecords(EntityManager database) {
        this.database = database;
    }

    /** Keeps a record once, by topic, partition and offset. */
    @Transactional
    public void park(Parked parked) {
        database.createNativeQuery("insert into parked"
                        + " (topic, kafka_partition, kafka_offset, record_key, headers, value, reason)"
                        + " values (:topic, :partition, :offset, :key, cast(:headers as jsonb), :value, :reason)"
                        + " on conflict do nothing")
                .setParameter("topic", parked.topic())
                .setParameter("partition", parked.partition())
                .setParameter("offset", parked.offset())
                .setParameter("key", clean(parked.key()))
                .setParameter("headers", clean(new String(EventJson.write(parked.headers()), StandardCharsets.UTF_8)))
                .setParameter("value", parked.value() == null ? new byte[0] : parked.value())
                .setParameter("reason", parked.reason())
                .executeUpdate();
    }

    /** Records parked so far. */
    @Transactional
    public long count() {
        return ((Number) database.createNativeQuery("select count(*) from parked")
                        .getSingleResult())
                .longValue();
    }

    /** PostgreSQL has no zero byte in text, nor in the strings of jsonb. */
    private static String clean(String text) {
        return text == null ? "" : text.replace("\u0000", "\uFFFD").replace("\\u0000", "\\uFFFD");
    }

    /** @param reason for the operator: no content of the record */
    public record Parked(
            String topic,
            int partition,
            long offset,
            String key,
            Map<String, String> headers,
            byte[] value,
            String reason) {}
}
