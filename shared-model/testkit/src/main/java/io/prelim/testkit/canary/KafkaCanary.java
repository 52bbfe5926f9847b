package io.prelim.testkit.canary;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks for a canary in every record of a broker. */
public final class KafkaCanary {
    private KafkaCanary() {}

    /**
     * Where keys, headers, and values of pseudonymised topics hold it.
     *
     * @param prefix     of the topics that are looked into
     * @param identified topics, without prefix, whose values may
     * @param own        places of records that the test wrote itself, {@code topic-partition@offset}, whose values may
     */
    public static List<String> records(
            Canary canary, String bootstrapServers, String prefix, Set<String> identified, Set<String> own) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().startsWith(prefix))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> found = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    String place = each.topic() + "-" + each.partition() + "@" + each.offset();
                    boolean value = identified.contains(each.topic().substring(prefix.length())) || own.contains(place);
                    look(canary, each, place, !value, found);
                }
            }
            return found;
        }
    }

    private static void look(
            Canary canary, ConsumerRecord<byte[], byte[]> each, String place, boolean value, List<String> found) {
        if (each.key() != null && canary.in(each.key())) {
            found.add(place + " key: " + new String(each.key(), StandardCharsets.UTF_8));
        }
        for (Header header : each.headers()) {
            if (canary.in(header.key()) || (header.value() != null && canary.in(header.value()))) {
                found.add(place + " header " + header.key());
            }
        }
        if (value && each.value() != null && canary.in(each.value())) {
            found.add(place + " value: " + new String(each.value(), StandardCharsets.UTF_8));
        }
    }
}
