package io.prelim.bench.events;

import io.prelim.bench.options.Options;
import io.prelim.events.Topics;
import io.prelim.inference.intake.ConsumerSettings;
import io.prelim.inference.intake.JobConsumer;
import io.prelim.inference.intake.StudyConsumer;
import io.prelim.inference.publish.EventWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A child process that does what the event path does with records and nothing else: what comes to study-received goes on to a second
 * topic and from there to study-analyzed, with key, headers and records of the sizes they have there. Consumers and producer have the
 * settings of inference-service's own; offsets are committed after what was sent is with the broker.
 */
final class Relay {
    static final String MIDDLE = "relayed.v1";

    private static final Duration POLL = Duration.ofMillis(500);

    private final ConsumerSettings consumers;
    private final Producer<byte[], byte[]> producer;

    private Relay(String bootstrap) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrap);
        consumers = new ConsumerSettings(kafka, Duration.ofSeconds(10), Optional.empty());
        producer =
                new KafkaProducer<>(EventWriter.settings(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Options {@code --bootstrap --prefix --job-bytes --outcome-bytes}; ends with its standard input. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Options.of(List.of(arguments));
        String prefix = options.get("--prefix");
        Relay relay = new Relay(options.get("--bootstrap"));
        relay.start(
                prefix + Topics.STUDY_RECEIVED,
                prefix + MIDDLE,
                StudyConsumer.MOST_POLLED,
                Integer.parseInt(options.get("--job-bytes")));
        relay.start(
                prefix + MIDDLE,
                prefix + Topics.STUDY_ANALYZED,
                JobConsumer.MOST_POLLED,
                Integer.parseInt(options.get("--outcome-bytes")));
        Child.awaitEndOfInput();
        Runtime.getRuntime().halt(0);
    }

    private void start(String from, String to, int mostPolled, int bytes) {
        new Thread(() -> relay(from, to, mostPolled, new byte[bytes]), "relay-" + from).start();
    }

    private void relay(String from, String to, int mostPolled, byte[] value) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumers.consumer("relay-" + from, mostPolled)) {
            consumer.subscribe(List.of(from));
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (records.isEmpty()) {
                    continue;
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    sent.add(producer.send(new ProducerRecord<>(to, null, record.key(), value, record.headers())));
                }
                for (Future<RecordMetadata> each : sent) {
                    each.get();
                }
                sent.clear();
                consumer.commitSync();
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
