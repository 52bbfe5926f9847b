package io.prelim.ingest.intake;

import io.prelim.events.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.hibernate.StatelessSession;

/** Keeps records that could not be handled, as they came, once each. */
@ApplicationScoped
class ParkedRecords {
    private static final int LONGEST_TEXT = 1000;
    private static final int MOST_HEADERS = 64;
    /** A longer value stays in the topic only: the row says where. */
    private static final int LONGEST_VALUE = 16 << 20;

    private final StatelessSession session;

    ParkedRecords(StatelessSession session) {
        this.session = session;
    }

    @Transactional
    void park(ConsumerRecord<String, byte[]> consumed, String reason) {
        byte[] value = consumed.value() == null || consumed.value().length > LONGEST_VALUE ? null : consumed.value();
        session.createNativeMutationQuery(
                        "insert into parked (topic, partition_id, record_offset, record_key, headers, value, error)"
                                + " values (:topic, :partition, :offset, :key, cast(:headers as jsonb), :value, :error)"
                                + " on conflict (topic, partition_id, record_offset) do nothing")
                .setParameter("topic", consumed.topic())
                .setParameter("partition", consumed.partition())
                .setParameter("offset", consumed.offset())
                .setParameter("key", consumed.key() == null ? null : storable(consumed.key()), String.class)
                .setParameter("headers", headers(consumed))
                .setParameter("value", value, byte[].class)
                .setParameter("error", storable(reason))
                .executeUpdate();
    }

    private static String headers(ConsumerRecord<String, byte[]> consumed) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : consumed.headers()) {
            if (headers.size() < MOST_HEADERS && header.value() != null) {
                headers.put(storable(header.key()), storable(new String(header.value(), StandardCharsets.UTF_8)));
            }
        }
        return new String(EventJson.write(headers), StandardCharsets.UTF_8);
    }

    /** PostgreSQL takes no NUL in text or JSON, nor half a surrogate pair. */
    private static String storable(String text) {
        return text.codePoints()
                .limit(LONGEST_TEXT)
                .map(each -> each == 0 || (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)
                        ? 0xFFFD
                        : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
