package io.prelim.report.publish;

import io.prelim.events.CloudEvent;
import io.prelim.events.ReportReviewed;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** CloudEvents binary mode; key is the report key. */
@ApplicationScoped
class KafkaSender implements EventSender {
    private static final int BUFFER = 512;

    private final Emitter<byte[]> changes;
    private final Emitter<byte[]> reviews;

    KafkaSender(
            @Channel("report-changed") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<byte[]> changes,
            @Channel("report-reviewed") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<byte[]> reviews) {
        this.changes = changes;
        this.reviews = reviews;
    }

    @Override
    public CompletionStage<Void> send(CloudEvent event) {
        RecordHeaders headers = new RecordHeaders();
        event.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        Emitter<byte[]> emitter = event.data() instanceof ReportReviewed ? reviews : changes;
        emitter.send(Message.of(event.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.data().key())
                        .withHeaders(headers)
                        .build())
                .withAck(() -> {
                    acknowledged.complete(null);
                    return CompletableFuture.completedFuture(null);
                })
                .withNack(fault -> {
                    acknowledged.completeExceptionally(fault);
                    return CompletableFuture.completedFuture(null);
                }));
        return acknowledged;
    }
}
