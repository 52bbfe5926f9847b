package io.prelim.inference.intake;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record of a study that waits to be planned.
 *
 * @param stat whether it says it is urgent; not read any further yet
 */
record Received(ConsumerRecord<byte[], byte[]> record, boolean stat) {
    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    long offset() {
        return record.offset();
    }

    /** Records of one key stay in order; what has none stands alone. */
    String key() {
        return record.key() == null
                ? partition() + "@" + offset()
                : new String(record.key(), StandardCharsets.ISO_8859_1);
    }

    /** Of its value. */
    int bytes() {
        return Math.max(0, record.serializedValueSize());
    }
}
