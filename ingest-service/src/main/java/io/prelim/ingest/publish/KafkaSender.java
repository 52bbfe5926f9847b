package io.prelim.ingest.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends CloudEvents in binary mode; the key is the study's. The producer is made when first needed and made anew after a failure: a
 * broker that is away, or came back with its log wiped, needs no restart.
 */
final class KafkaSender implements Sender {
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private final String prefix;
    private final Duration deliveryTimeout;
    private Producer<String, byte[]> producer;

    /**
     * @param common          how to reach the broker: {@code bootstrap.servers}, security; other names are left out
     * @param prefix          stands before each topic
     * @param deliveryTimeout for one attempt; at least a second
     */
    KafkaSender(Map<String, ?> common, String prefix, Duration deliveryTimeout) {
        this.prefix = prefix;
        this.deliveryTimeout = deliveryTimeout;
        this.settings = settings(common, prefix, deliveryTimeout);
    }

    private static Map<String, Object> settings(Map<String, ?> common, String prefix, Duration deliveryTimeout) {
        Map<String, Object> settings = new HashMap<>();
        common.forEach((name, value) -> {
            if (ProducerConfig.configNames().contains(name) && value != null) {
                settings.put(name, value);
            }
        });
        int timeout = Math.toIntExact(deliveryTimeout.toMillis());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, prefix + "ingest-relay");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(500, timeout / 2));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(timeout, LONGEST_BLOCK.toMillis()));
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return settings;
    }

    @Override
    public List<Delivery> send(List<OutboxRow> rows) {
        List<Future<RecordMetadata>> answers = new ArrayList<>(rows.size());
        boolean reachable = true;
        for (OutboxRow row : rows) {
            if (reachable) {
                Future<RecordMetadata> answer = start(row);
                answers.add(answer);
                // at once: there is no metadata, and each further row would wait as long for it
                reachable = !failedAtOnce(answer);
            }
        }
        long end = System.nanoTime() + deliveryTimeout.plus(MARGIN).toNanos();
        List<Delivery> deliveries = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            deliveries.add(
                    i < answers.size() ? await(rows.get(i), answers.get(i), end) : new Delivery.Untried(rows.get(i)));
        }
        if (deliveries.stream().anyMatch(Delivery.Failed.class::isInstance)) {
            close();
        }
        return deliveries;
    }

    private Future<RecordMetadata> start(OutboxRow row) {
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            }
            return producer.send(record(row));
        } catch (KafkaException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ProducerRecord<String, byte[]> record(OutboxRow row) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(prefix + row.topic, row.studyKey.toString(), row.payload);
        row.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static Delivery await(OutboxRow row, Future<RecordMetadata> answer, long end) {
        try {
            answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return new Delivery.Acknowledged(row);
        } catch (ExecutionException e) {
            return tooLarge(e.getCause())
                    ? new Delivery.Refused(row, e.getCause())
                    : new Delivery.Failed(row, e.getCause());
        } catch (TimeoutException e) {
            return new Delivery.Failed(row, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery.Failed(row, e);
        }
    }

    private static boolean failedAtOnce(Future<RecordMetadata> answer) {
        if (!answer.isDone()) {
            return false;
        }
        try {
            answer.get();
            return false;
        } catch (ExecutionException e) {
            return !tooLarge(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean tooLarge(Throwable cause) {
        return cause instanceof RecordTooLargeException;
    }

    /** Drops what is under way; the next send begins anew. */
    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
