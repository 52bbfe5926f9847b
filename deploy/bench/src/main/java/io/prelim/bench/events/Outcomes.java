package io.prelim.bench.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the outcomes of one subject as they come, each once; one that says failed ends the measurement. */
final class Outcomes implements AutoCloseable {
    private static final String FAILED = "\"status\":\"FAILED\"";

    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean running = true;

    /** @param topic that exists; read from its end */
    Outcomes(String bootstrap, String topic) {
        this.topic = topic;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = new Thread(this::read, "outcomes-" + topic);
        thread.start();
    }

    /** @param since when it is to be sent */
    void expect(String key, Batch batch, long since) {
        batch.expected();
        sent.put(key, new Sent(batch, since));
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join();
    }

    private void read() {
        try (consumer) {
            while (running) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Sent study = sent.remove(new String(record.key(), StandardCharsets.UTF_8));
                    if (study == null) {
                        continue;
                    }
                    String outcome = new String(record.value(), StandardCharsets.UTF_8);
                    if (outcome.contains(FAILED)) {
                        System.err.println("a study of " + topic + " failed: " + outcome);
                        Runtime.getRuntime().halt(1);
                    }
                    study.batch.answered(study.since, System.nanoTime());
                }
            }
        }
    }

    private record Sent(Batch batch, long since) {}
}
