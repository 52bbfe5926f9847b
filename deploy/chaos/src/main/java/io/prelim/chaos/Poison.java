package io.prelim.chaos;

import io.prelim.chaos.check.EvidenceReader;
import io.prelim.chaos.fault.Fault;
import io.prelim.chaos.site.Site;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts records on topics that no reader of them can read. */
final class Poison {
    private final Site site;

    Poison(Site site) {
        this.site = site;
    }

    /** @return null, or why it was not sent */
    String send(Fault.Poison fault) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_000);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            site.topic(fault.topic()), EvidenceReader.POISON_KEY, value(fault.kind())))
                    .get();
            return null;
        } catch (ExecutionException | KafkaException e) {
            return "the broker did not take it";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static byte[] value(int kind) {
        return switch (kind) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0};
            case 2 -> "{\"studyKey\": \"not one\"".getBytes(StandardCharsets.UTF_8);
            default -> "{}".getBytes(StandardCharsets.UTF_8);
        };
    }
}
