package io.prelim.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the outcomes of one subject as they come, each once; one that says failed ends the measurement. */
public final class Outcomes implements AutoCloseable {
    private static final String FAILED = "\"status\":\"FAILED\"";

    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final String topic;
    private final UnaryOperator<String> keys;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long lastRead = System.nanoTime();

    /** Of records whose key is that of the event sent. @param topic that exists; read from its end */
    public Outcomes(String bootstrap, String topic) {
        this(bootstrap, topic, UnaryOperator.identity());
    }

    /** @param keys from the key of an event sent to that of the record which answers it */
    public Outcomes(String bootstrap, String topic, UnaryOperator<String> keys) {
        this.topic = topic;
        this.keys = keys;
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
    public void expect(String key, Batch batch, long since) {
        batch.expected();
        sent.put(keys.apply(key), new Sent(batch, since));
    }

    /** Returns when nothing has come for so long. */
    public void awaitQuiet(Duration quiet) throws InterruptedException {
        for (long left = quiet.toNanos(); left > 0; left = quiet.toNanos() - (System.nanoTime() - lastRead)) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
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
                    lastRead = System.nanoTime();
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
