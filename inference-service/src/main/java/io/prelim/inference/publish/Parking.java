package io.prelim.inference.publish;

import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.retry.Backoff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Puts aside what cannot be read, so that its partition moves on. This service has no database: the record goes, unchanged, to topic
 * {@value TopicNames#PARKED} with headers that say where it came from and why, and can be replayed from there.
 */
public final class Parking {
    private final EventWriter writer;
    private final TopicNames topics;
    private final Runnable counted;

    /** @param counted called once for each record parked */
    public Parking(EventWriter writer, TopicNames topics, Runnable counted) {
        this.writer = writer;
        this.topics = topics;
        this.counted = counted;
    }

    /**
     * Completes, never exceptionally, when the record is with the broker.
     *
     * @param reason what is wrong with it, without its content
     */
    public CompletableFuture<Void> park(ConsumerRecord<byte[], byte[]> record, String reason) {
        counted.run();
        OperatorMessage.RECORD_PARKED.log(
                "topic", record.topic(), "partition", record.partition(), "offset", record.offset(), "reason", reason);
        List<Header> headers = new ArrayList<>(List.of(record.headers().toArray()));
        Map.of(
                        "prelim-parked-topic", record.topic(),
                        "prelim-parked-partition", Integer.toString(record.partition()),
                        "prelim-parked-offset", Long.toString(record.offset()),
                        "prelim-parked-reason", reason)
                .forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        CompletableFuture<Void> parked = new CompletableFuture<>();
        attempt(record.key(), record.value(), headers, 1, parked);
        return parked;
    }

    private void attempt(byte[] key, byte[] value, List<Header> headers, int attempt, CompletableFuture<Void> parked) {
        writer.write(topics.of(TopicNames.PARKED), key, value, headers).whenComplete((done, fault) -> {
            if (fault == null) {
                parked.complete(null);
            } else if (fault instanceof RecordTooLargeException && value != null) {
                // its headers made it too large: where it lies in its source topic is still known
                attempt(null, null, headers.subList(headers.size() - 4, headers.size()), attempt, parked);
            } else {
                CompletableFuture.delayedExecutor(Backoff.DEFAULT.after(attempt).toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> attempt(key, value, headers, attempt + 1, parked));
            }
        });
    }
}
