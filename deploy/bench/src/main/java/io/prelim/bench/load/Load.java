package io.prelim.bench.load;

import io.prelim.events.CloudEvent;
import io.prelim.events.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events as ingest or the planner does. */
public final class Load implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public Load(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, ProducerConfig.LINGER_MS_CONFIG, 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Events that nothing is expected of; returns when all are with the broker. */
    public void send(String topic, int count, IntFunction<? extends Event> events) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(producer.send(record(topic, null, events.apply(i))));
        }
        await(sent);
    }

    /** As fast as it goes; returns when all are with the broker. */
    public void preload(String topic, int count, IntFunction<? extends Event> events, Outcomes outcomes, Batch batch)
            throws Exception {
        preload(topic, null, count, events, outcomes, batch);
    }

    /** The same, evenly over so many partitions instead of by key. */
    public void spread(
            String topic,
            int partitions,
            int count,
            IntFunction<? extends Event> events,
            Outcomes outcomes,
            Batch batch)
            throws Exception {
        preload(topic, partitions, count, events, outcomes, batch);
    }

    /**
     * At a fixed rate, whatever becomes of those before: who is late is late from when it was to be sent.
     *
     * @param until asked before each; ends it early
     */
    public void paced(
            String topic,
            int rate,
            int count,
            IntFunction<? extends Event> events,
            Outcomes outcomes,
            Batch batch,
            BooleanSupplier until) {
        long start = System.nanoTime();
        for (int i = 0; i < count && !until.getAsBoolean(); i++) {
            Event event = events.apply(i);
            long due = start + (long) (1e9 * i / rate);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            outcomes.expect(event.key(), batch, due);
            var unused = producer.send(record(topic, null, event));
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void preload(
            String topic,
            Integer partitions,
            int count,
            IntFunction<? extends Event> events,
            Outcomes outcomes,
            Batch batch)
            throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = events.apply(i);
            outcomes.expect(event.key(), batch, System.nanoTime());
            sent.add(producer.send(record(topic, partitions == null ? null : i % partitions, event)));
        }
        await(sent);
    }

    private static void await(List<Future<RecordMetadata>> sent) throws Exception {
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, Integer partition, Event event) {
        CloudEvent cloudEvent = CloudEvent.of(UUID.randomUUID(), "ingest", Instant.now(), event);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, partition, event.key().getBytes(StandardCharsets.UTF_8), cloudEvent.value());
        cloudEvent
                .headers()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
