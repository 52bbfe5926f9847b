package io.prelim.inference.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How this service consumes: bytes, no automatic commit, from the earliest record, cooperative rebalances that share out each topic evenly.
 *
 * @param kafka    client settings, {@code bootstrap.servers} and security
 * @param instance see {@code prelim.inference.instance}
 */
public record ConsumerSettings(Map<String, Object> kafka, Duration sessionTimeout, Optional<String> instance) {
    private static final int METADATA_MAX_AGE_MS = 10_000;

    /**
     * A consumer of that group, not subscribed yet.
     *
     * @param mostPolled records of one poll
     */
    public KafkaConsumer<byte[], byte[]> consumer(String group, int mostPolled) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostPolled);
        // a topic that is not there yet is found soon after it is
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionTimeout.toMillis());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) sessionTimeout.toMillis() / 4);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, EvenTopicsAssignor.class.getName());
        instance.ifPresent(name -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + name));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
